import { type Database, pingDatabase } from '@secure-ecommerce/kit/database'
import { createHttpApp } from '@secure-ecommerce/kit/http-app'
import type { Logger } from '@secure-ecommerce/kit/log'
import type { Express } from 'express'
import { orderRoutes } from './order-routes.ts'
import { orderStore } from './order-store.ts'
import type { PaymentClient } from './payment-client.ts'
import type { StockClient } from './stock-client.ts'

/** Everything the service needs, built by main.ts and by tests. */
type Dependencies = { log: Logger; database: Database; stock: StockClient; payments: PaymentClient }

export function createApp({ log, database, stock, payments }: Dependencies): Express {
  return createHttpApp({
    log,
    ready: () => pingDatabase(database),
    routes: { '/api/orders': orderRoutes({ orders: orderStore(database), stock, payments }) },
  })
}
