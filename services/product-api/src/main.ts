import { auditSettings, auditTrail } from '@secure-ecommerce/kit/audit-trail'
import { secretFile, serverSettings, setting } from '@secure-ecommerce/kit/config'
import { databaseSettings, openDatabase } from '@secure-ecommerce/kit/database'
import { createIdentify, identitySettings } from '@secure-ecommerce/kit/identify'
import { runService } from '@secure-ecommerce/kit/run-service'
import Joi from 'joi'
import { createApp } from './app.ts'
import { callers } from './callers.ts'
import { expiryWorker } from './expiry-worker.ts'

const settings = {
  ...serverSettings,
  ...databaseSettings,
  ...identitySettings,
  ...auditSettings,
  stockApiKey: secretFile('STOCK_API_KEY_FILE'),
  reservationMinutes: setting<number>('RESERVATION_MINUTES', Joi.number().min(0.05).max(1_440).default(30)),
  cacheSeconds: setting<number>('CACHE_SECONDS', Joi.number().integer().min(0).max(60).default(1)),
}

await runService(
  'product-api',
  settings,
  ({ stockApiKey, reservationMinutes, cacheSeconds, ...config }, log, metrics) => {
    const identify = createIdentify('product-api', config)
    const database = openDatabase('product-db', config, log, metrics)
    const trail = auditTrail({ log, database, writer: 'product-api', config, metrics })
    return {
      app: createApp({ log, metrics, database, trail, identify, stockApiKey, reservationMinutes, cacheSeconds }),
      callers,
      trail,
      workers: [expiryWorker(database, log), ...trail.workers],
      close: () => database.end(),
    }
  },
)
