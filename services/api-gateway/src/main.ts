import { createIdentify } from '@secure-ecommerce/kit/identify'
import { runService } from '@secure-ecommerce/kit/run-service'
import { createApp } from './app.ts'
import { callers } from './callers.ts'
import { createUpstream } from './proxy.ts'
import { requestLimits } from './request-limits.ts'
import { settings } from './settings.ts'
import { sharedCounters } from './shared-counters.ts'

await runService('api-gateway', settings, ({ redis, redisPassword: password, ...config }, log, metrics) => {
  const { identity, counters } = config
  const identify = createIdentify('api-gateway', config)
  const productApi = createUpstream('The product service', config.productApiUrl, { identity, metrics })
  const orderApi = createUpstream('The order service', config.orderApiUrl, { identity, metrics })
  const shared = counters === 'redis' ? sharedCounters({ redis, password, identity, log }) : undefined
  const limitRequests = requestLimits({ limits: config, identify, metrics, counters: shared?.counters })
  return {
    app: createApp({ log, metrics, limitRequests, productApi, orderApi }),
    callers,
    close: async () => shared?.close(),
  }
})
