import { createIdentify } from '@secure-ecommerce/kit/identify'
import { runService } from '@secure-ecommerce/kit/run-service'
import { createApp } from './app.ts'
import { callers } from './callers.ts'
import { createUpstream } from './proxy.ts'
import { requestLimits } from './request-limits.ts'
import { settings } from './settings.ts'

await runService('api-gateway', settings, (config, log) => {
  const identify = createIdentify('api-gateway', config)
  const productApi = createUpstream('The product service', config.productApiUrl, config.identity)
  const orderApi = createUpstream('The order service', config.orderApiUrl, config.identity)
  const limitRequests = requestLimits({ limits: config, identify })
  return { app: createApp({ log, limitRequests, productApi, orderApi }), callers }
})
