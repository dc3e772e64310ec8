import { refuseOpenDemo } from '@secure-ecommerce/kit/auth-mode'
import { runService } from '@secure-ecommerce/kit/run-service'
import { createApp } from './app.ts'
import { callers } from './callers.ts'
import { createUpstream } from './proxy.ts'
import { settings } from './settings.ts'

await runService('api-gateway', settings, (config, log) => {
  refuseOpenDemo('api-gateway', config)
  const productApi = createUpstream('The product service', config.productApiUrl, config.identity)
  const orderApi = createUpstream('The order service', config.orderApiUrl, config.identity)
  return { app: createApp({ log, productApi, orderApi }), callers }
})
