import { createClient } from '@secure-ecommerce/kit/client'
import { serverSettings, urlSetting } from '@secure-ecommerce/kit/config'
import { runService } from '@secure-ecommerce/kit/run-service'
import { createApp } from './app.ts'
import { loadBuild } from './build.ts'
import { callers } from './callers.ts'
import { shopApi } from './shop-api.ts'

const settings = { ...serverSettings, gatewayUrl: urlSetting('GATEWAY_URL') }

await runService('frontend', settings, ({ gatewayUrl, identity }, log, metrics) => {
  const gateway = createClient('api-gateway', gatewayUrl, { identity, metrics })
  return { app: createApp({ log, metrics, shop: shopApi(gateway), build: loadBuild() }), callers, close: gateway.close }
})
