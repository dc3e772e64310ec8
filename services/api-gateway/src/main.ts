import { refuseOpenDemo } from '@secure-ecommerce/kit/auth-mode'
import { runService } from '@secure-ecommerce/kit/run-service'
import { createApp } from './app.ts'
import { createUpstream } from './proxy.ts'
import { settings } from './settings.ts'

await runService('api-gateway', settings, (config, log) => {
  refuseOpenDemo('api-gateway', config)
  const productApi = createUpstream('The product service', config.productApiUrl)
  const orderApi = createUpstream('The order service', config.orderApiUrl)
  return { app: createApp({ log, productApi, orderApi }) }
})
