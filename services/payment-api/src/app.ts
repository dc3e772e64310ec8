import { requireKey } from '@secure-ecommerce/kit/api-key'
import { type Database, pingDatabase } from '@secure-ecommerce/kit/database'
import { createHttpApp } from '@secure-ecommerce/kit/http-app'
import type { Logger } from '@secure-ecommerce/kit/log'
import type { Secret } from '@secure-ecommerce/kit/secret'
import type { Express } from 'express'
import type { PaymentProvider } from './payment-provider.ts'
import { paymentRoutes } from './payment-routes.ts'
import { paymentStore } from './payment-store.ts'

/** Everything the service needs, built by main.ts and by tests. */
type Dependencies = { log: Logger; database: Database; provider: PaymentProvider; apiKey: Secret }

export function createApp({ log, database, provider, apiKey }: Dependencies): Express {
  return createHttpApp({
    log,
    ready: () => pingDatabase(database),
    routes: { '/payments': [requireKey(apiKey), paymentRoutes(paymentStore(database), provider)] },
  })
}
