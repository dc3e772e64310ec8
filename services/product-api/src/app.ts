import { requireKey } from '@secure-ecommerce/kit/api-key'
import type { AuditTrail } from '@secure-ecommerce/kit/audit-trail'
import { type Database, pingDatabase } from '@secure-ecommerce/kit/database'
import { tellFigures } from '@secure-ecommerce/kit/figures'
import { createHttpApp } from '@secure-ecommerce/kit/http-app'
import type { Identify } from '@secure-ecommerce/kit/identify'
import type { Logger } from '@secure-ecommerce/kit/log'
import type { Metrics } from '@secure-ecommerce/kit/metrics'
import type { Secret } from '@secure-ecommerce/kit/secret'
import type { Express } from 'express'
import { productRoutes } from './product-routes.ts'
import { productStore } from './product-store.ts'
import { stockFigures } from './stock-figures.ts'
import { stockRoutes } from './stock-routes.ts'
import { stockStore } from './stock-store.ts'

/** Everything the service needs, built by main.ts and by tests. */
type Dependencies = {
  log: Logger
  metrics?: Metrics | undefined
  database: Database
  trail: AuditTrail
  identify: Identify
  stockApiKey: Secret
  reservationMinutes: number
  cacheSeconds: number
}

export function createApp(dependencies: Dependencies): Express {
  const { log, metrics, database, trail, identify, stockApiKey, reservationMinutes, cacheSeconds } = dependencies
  tellFigures(metrics, { log, database, ...stockFigures })
  return createHttpApp({
    log,
    metrics,
    trail,
    ready: () => pingDatabase(database),
    routes: {
      '/api/products': productRoutes(productStore(database), identify, cacheSeconds),
      '/internal/stock': [requireKey(stockApiKey), stockRoutes(stockStore(database, reservationMinutes))],
    },
  })
}
