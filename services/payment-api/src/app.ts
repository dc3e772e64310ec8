import { requireKey } from '@secure-ecommerce/kit/api-key'
import type { AuditTrail } from '@secure-ecommerce/kit/audit-trail'
import type { Client } from '@secure-ecommerce/kit/client'
import { type Database, pingDatabase } from '@secure-ecommerce/kit/database'
import { tellFigures } from '@secure-ecommerce/kit/figures'
import { createHttpApp } from '@secure-ecommerce/kit/http-app'
import type { Logger } from '@secure-ecommerce/kit/log'
import type { Metrics } from '@secure-ecommerce/kit/metrics'
import type { Secret } from '@secure-ecommerce/kit/secret'
import { createDueWorker, type Worker } from '@secure-ecommerce/kit/worker'
import type { Express } from 'express'
import { askDuePayments } from './ask-due-payments.ts'
import { deliverWebhooks } from './deliver-webhooks.ts'
import { deliveryStore } from './delivery-store.ts'
import { ledger } from './ledger.ts'
import { paymentFigures } from './payment-figures.ts'
import type { PaymentProvider } from './payment-provider.ts'
import { paymentRoutes } from './payment-routes.ts'
import { paymentStore } from './payment-store.ts'
import { settlePayment } from './settle-payment.ts'

/** Everything the service needs, built by main.ts and by tests. */
type Dependencies = {
  log: Logger
  metrics?: Metrics | undefined
  database: Database
  trail: AuditTrail
  provider: PaymentProvider
  /** Milliseconds for one call to the provider. */
  providerTimeout: number
  apiKey: Secret
  orders: Client
  webhookKey: Secret
}

/** Added to the time that a call may take: by then whoever made it has recorded its outcome, or is gone. */
const margin = 500

/** Milliseconds for one call to order-api; main.ts gives it to the client. */
export const webhookTimeout = 3_000

export function createApp(dependencies: Dependencies): { app: Express; workers: Worker[] } {
  const { log, metrics, database, trail, apiKey } = dependencies
  const payments = paymentStore(database, dependencies.providerTimeout + margin)
  const deliveries = deliveryStore(database, webhookTimeout + margin)
  const settle = settlePayment({ ...dependencies, payments, ledger: ledger(database) })

  const deliverer = createDueWorker({
    ...{ name: 'deliver-webhooks', log, every: 500, limit: 20 },
    ...deliverWebhooks({ ...dependencies, deliveries }),
  })
  const asker = createDueWorker({
    ...{ name: 'ask-due-payments', log, every: 250, limit: 20 },
    ...askDuePayments(payments, settle, deliverer.wake),
  })

  tellFigures(metrics, { log, database, ...paymentFigures })
  const app = createHttpApp({
    log,
    metrics,
    trail,
    ready: () => pingDatabase(database),
    routes: { '/payments': [requireKey(apiKey), paymentRoutes(payments, settle)] },
  })
  return { app, workers: [asker, deliverer] }
}
