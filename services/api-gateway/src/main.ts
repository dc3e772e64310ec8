import { runService } from '@secure-ecommerce/kit/run-service'
import { createApp } from './app.ts'
import { createUpstream } from './proxy.ts'
import { refuseOpenDemo, settings } from './settings.ts'

await runService('api-gateway', settings, (config, log) => {
  refuseOpenDemo(config)
  const productApi = createUpstream('The product service', config.productApiUrl)
  const orderApi = createUpstream('The order service', config.orderApiUrl)
  return { app: createApp({ log, productApi, orderApi }) }
})
