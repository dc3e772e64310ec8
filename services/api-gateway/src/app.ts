import { createHttpApp } from '@secure-ecommerce/kit/http-app'
import type { Logger } from '@secure-ecommerce/kit/log'
import type { Metrics } from '@secure-ecommerce/kit/metrics'
import { type Express, type RequestHandler, Router } from 'express'
import { contentPolicy } from './content-policy.ts'
import { contractRoutes, readContract } from './contract-routes.ts'
import type { Upstream } from './proxy.ts'

/** Everything the service needs, built by main.ts and by tests. */
type Dependencies = {
  log: Logger
  metrics?: Metrics | undefined
  limitRequests: RequestHandler
  productApi: Upstream
  orderApi: Upstream
}

/** The one way into the API. Knows which service answers for a path, and nothing of what it says. */
export function createApp({ log, metrics, limitRequests, productApi, orderApi }: Dependencies): Express {
  const contract = readContract()
  return createHttpApp({
    log,
    metrics,
    ready: async () => {},
    load: { atOnce: 64, reserved: 40, places: 128, patience: 2_000 },
    before: [contentPolicy, limitRequests],
    routes: {
      '/api/products': resource(productApi),
      '/api/orders': resource(orderApi),
      '/api/auth': orderApi.forward,
      // Reached by order-api only: nginx routes nothing to it, and product-api wants its key.
      '/internal/stock': productApi.forward,
      '/api': contractRoutes(contract),
    },
    paths: [...Object.keys(contract.paths), '/internal/stock/{step}'],
  })
}

/** A service's resource, and beside it the service's own health. */
function resource(upstream: Upstream): Router {
  const router = Router({ caseSensitive: true, strict: true })
  router.get('/health', upstream.forwardTo('/ready'))
  router.use(upstream.forward)
  return router
}
