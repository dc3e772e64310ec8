import { auditTrail } from '@secure-ecommerce/kit/audit-trail'
import { createClient } from '@secure-ecommerce/kit/client'
import { openDatabase } from '@secure-ecommerce/kit/database'
import { runService } from '@secure-ecommerce/kit/run-service'
import { createApp, webhookTimeout } from './app.ts'
import { callers } from './callers.ts'
import { chooseProvider } from './choose-provider.ts'
import { settings } from './settings.ts'

await runService('payment-api', settings, (config, log, metrics) => {
  const database = openDatabase('payment-db', config, log, metrics)
  const provider = chooseProvider(config, database, log)
  const orders = createClient('order-api', config.orderApiUrl, {
    timeout: webhookTimeout,
    identity: config.identity,
    metrics,
  })
  const close = async () => void (await Promise.all([database.end(), orders.close()]))
  const trail = auditTrail({ log, database, writer: 'payment-api', config, metrics })
  const { app, workers } = createApp({ ...config, log, metrics, database, trail, provider, orders })
  return { app, callers, trail, workers: [...workers, ...trail.workers], close }
})
