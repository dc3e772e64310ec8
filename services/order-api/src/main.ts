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

await runService('order-api', settings, (config, log, metrics) => {
  const { signingKey, publicKeys, linkKey, webhookKey, patience, identity } = config
  const identify = createIdentify('order-api', config)
  checkKeyPair(signingKey, publicKeys)
  const database = openDatabase('order-db', config, log, metrics)
  const trail = auditTrail({ log, database, writer: 'order-api', config, metrics })
  const clientOf = (name: string, url: string) => createClient(name, url, { identity, metrics })
  const stock = stockClient(clientOf('The stock service', config.gatewayUrl), config.stockApiKey)
  const payments = paymentClient(clientOf('The payment service', config.paymentApiUrl), config.paymentApiKey)
  const { app, workers } = createApp({
    ...{ log, metrics, database, trail, identify, signingKey, linkKey, stock, payments, webhookKey, patience },
  })
  return { app, callers, trail, workers: [...workers, ...trail.workers], close: () => database.end() }
})
