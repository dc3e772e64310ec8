import { auditTrail } from '@secure-ecommerce/kit/audit-trail'
import { createClient } from '@secure-ecommerce/kit/client'
import { openDatabase } from '@secure-ecommerce/kit/database'
import { createIdentify } from '@secure-ecommerce/kit/identify'
import { runService } from '@secure-ecommerce/kit/run-service'
import { createApp } from './app.ts'
import { callers } from './callers.ts'
import { paymentClient } from './payment-client.ts'
import { settings } from './settings.ts'
import { checkKeyPair } from './signing-key.ts'
import { stockClient } from './stock-client.ts'

await runService('order-api', settings, (config, log) => {
  const { signingKey, publicKeys, linkKey, webhookKey, patience, identity } = config
  const identify = createIdentify('order-api', config)
  checkKeyPair(signingKey, publicKeys)
  const database = openDatabase('order-db', config, log)
  const trail = auditTrail({ log, database, writer: 'order-api', config })
  const stock = stockClient(createClient('The stock service', config.gatewayUrl, { identity }), config.stockApiKey)
  const payments = paymentClient(
    createClient('The payment service', config.paymentApiUrl, { identity }),
    config.paymentApiKey,
  )
  const { app, workers } = createApp({
    ...{ log, database, trail, identify, signingKey, linkKey, stock, payments, webhookKey, patience },
  })
  return { app, callers, trail, workers: [...workers, ...trail.workers], close: () => database.end() }
})
