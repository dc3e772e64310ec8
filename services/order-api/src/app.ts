import type { AuditTrail } from '@secure-ecommerce/kit/audit-trail'
import { type Database, pingDatabase } from '@secure-ecommerce/kit/database'
import { tellFigures } from '@secure-ecommerce/kit/figures'
import { createHttpApp } from '@secure-ecommerce/kit/http-app'
import type { Identify } from '@secure-ecommerce/kit/identify'
import type { Logger } from '@secure-ecommerce/kit/log'
import { counter, type Metrics } from '@secure-ecommerce/kit/metrics'
import type { Secret } from '@secure-ecommerce/kit/secret'
import { createWorker, type Worker } from '@secure-ecommerce/kit/worker'
import type { Express } from 'express'
import { accountRoutes } from './account-routes.ts'
import { accountStore } from './account-store.ts'
import { checkoutStore } from './checkout-store.ts'
import { keyStore } from './key-store.ts'
import { loginLimits } from './login-limits.ts'
import { neverStored } from './never-stored.ts'
import { orderFigures } from './order-figures.ts'
import { orderLinks } from './order-links.ts'
import { orderRoutes } from './order-routes.ts'
import { orderStore } from './order-store.ts'
import { outboxStore } from './outbox-store.ts'
import { passwords } from './password-hash.ts'
import type { PaymentClient } from './payment-client.ts'
import { paymentEvents } from './payment-events.ts'
import { recoverOrders } from './recover-orders.ts'
import { relayMessages } from './relay-messages.ts'
import { sessionStore } from './session-store.ts'
import type { SigningKey } from './signing-key.ts'
import { soldOut } from './sold-out.ts'
import type { StockClient } from './stock-client.ts'

/** Everything the service needs, built by main.ts and by tests. */
export type Dependencies = {
  log: Logger
  metrics?: Metrics | undefined
  database: Database
  trail: AuditTrail
  identify: Identify
  signingKey: SigningKey
  linkKey: Secret
  stock: StockClient
  payments: PaymentClient
  webhookKey: Secret
  /** Minutes after which an order that is not paid is given up. */
  patience: number
}

export function createApp(dependencies: Dependencies): { app: Express; workers: Worker[] } {
  const { log, metrics, database, trail, identify, signingKey, linkKey, webhookKey } = dependencies
  const { stock, payments, patience } = dependencies
  const orders = orderStore(database)
  const changes = checkoutStore(database)
  const keys = keyStore(database)
  const outbox = outboxStore(database)
  const checkout = { orders, changes, keys, stock, payments, soldOut: soldOut(), patience }
  const sessions = sessionStore(database)
  const limits = loginLimits(database)
  const wrongPassword = counter(metrics, 'login_failures_total', 'Wrong passwords')
  const people = {
    accounts: accountStore(database),
    sessions,
    limits,
    passwords: passwords(),
    signingKey,
    wrongPassword,
  }
  tellFigures(metrics, { log, database, ...orderFigures })
  const app = createHttpApp({
    log,
    metrics,
    trail,
    ready: () => pingDatabase(database),
    before: [neverStored],
    routes: {
      '/api/orders': orderRoutes({ ...checkout, outbox, links: orderLinks(linkKey) }, identify),
      '/api/auth': accountRoutes(people, identify),
      '/internal/payment-events': paymentEvents(checkout, webhookKey),
    },
  })
  const sweepAll = () => Promise.all([keys, sessions, limits].map((store) => store.sweep(1_000)))
  const sweep = createWorker({ name: 'sweep', log, every: 600_000, run: async () => (await sweepAll()).includes(true) })
  return { app, workers: [recoverOrders(checkout, log), relayMessages({ outbox, stock, payments }, log), sweep] }
}
