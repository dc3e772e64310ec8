import { type Database, pingDatabase } from '@secure-ecommerce/kit/database'
import { createHttpApp } from '@secure-ecommerce/kit/http-app'
import type { Logger } from '@secure-ecommerce/kit/log'
import type { Secret } from '@secure-ecommerce/kit/secret'
import { createWorker, type Worker } from '@secure-ecommerce/kit/worker'
import type { Express } from 'express'
import { checkoutStore } from './checkout-store.ts'
import { keyStore } from './key-store.ts'
import { orderRoutes } from './order-routes.ts'
import { orderStore } from './order-store.ts'
import { outboxStore } from './outbox-store.ts'
import type { PaymentClient } from './payment-client.ts'
import { paymentEvents } from './payment-events.ts'
import { recoverOrders } from './recover-orders.ts'
import { relayMessages } from './relay-messages.ts'
import { soldOut } from './sold-out.ts'
import type { StockClient } from './stock-client.ts'

/** Everything the service needs, built by main.ts and by tests. */
export type Dependencies = {
  log: Logger
  database: Database
  stock: StockClient
  payments: PaymentClient
  webhookKey: Secret
  /** Minutes after which an order that is not paid is given up. */
  patience: number
}

export function createApp(dependencies: Dependencies): { app: Express; workers: Worker[] } {
  const { log, database, stock, payments, webhookKey, patience } = dependencies
  const orders = orderStore(database)
  const changes = checkoutStore(database)
  const keys = keyStore(database)
  const outbox = outboxStore(database)
  const checkout = { orders, changes, keys, stock, payments, soldOut: soldOut(), patience }
  const app = createHttpApp({
    log,
    ready: () => pingDatabase(database),
    routes: {
      '/api/orders': orderRoutes(checkout),
      '/internal/payment-events': paymentEvents(checkout, webhookKey),
    },
  })
  const sweep = createWorker({ name: 'sweep-keys', log, every: 600_000, run: () => keys.sweep(1_000) })
  return { app, workers: [recoverOrders(checkout, log), relayMessages({ outbox, stock, payments }, log), sweep] }
}
