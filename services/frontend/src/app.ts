import { createHttpApp } from '@secure-ecommerce/kit/http-app'
import type { Logger } from '@secure-ecommerce/kit/log'
import type { Metrics } from '@secure-ecommerce/kit/metrics'
import { mount } from '@secure-ecommerce/kit/path-templates'
import { type Express, Router } from 'express'
import { accountRoutes } from './account-routes.ts'
import { basketRoutes } from './basket-routes.ts'
import type { Build } from './build.ts'
import { catalogueRoutes } from './catalogue-routes.ts'
import { checkoutRoutes } from './checkout-routes.ts'
import { clientFiles, clientPaths } from './client-files.ts'
import { contentPolicy } from './content-policy.ts'
import { errorPages } from './error-pages.ts'
import { refuseStaleForms } from './form-token.ts'
import { orderRoutes } from './order-routes.ts'
import { pageSender, type SendPage } from './page-sender.ts'
import { productRoutes } from './product-routes.ts'
import { readForm } from './read-form.ts'
import { registerRoutes } from './register-routes.ts'
import { refuseCrossSite } from './same-origin.ts'
import type { ShopApi } from './shop-api.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { staffRoutes } from './staff-routes.ts'
import { whoVisits } from './visitor.ts'

/** Everything the storefront needs, given by main.ts and by tests. */
type Deps = { log: Logger; metrics?: Metrics | undefined; shop: ShopApi; build: Build }

export function createApp({ log, metrics, shop, build }: Deps): Express {
  const sendPage = pageSender(build)
  return createHttpApp({
    log,
    metrics,
    ready: shop.ping,
    load: { atOnce: 28, reserved: 16, places: 32, patience: 2_000 },
    before: [contentPolicy, refuseCrossSite],
    routes: {
      ...clientFiles(build.clientFolder),
      '/': [whoVisits(shop), readForm, refuseStaleForms, pages(sendPage)],
    },
    paths: clientPaths,
    after: errorPages(log, sendPage),
  })
}

function pages(sendPage: SendPage): Router {
  const routes = {
    '/products': productRoutes,
    '/basket': basketRoutes,
    '/checkout': checkoutRoutes,
    '/orders': orderRoutes,
    '/register': registerRoutes,
    '/sign-in': signInRoutes,
    '/account': accountRoutes,
    '/staff': staffRoutes,
    '/': catalogueRoutes,
  }
  const router = Router({ caseSensitive: true })
  for (const [path, routesOf] of Object.entries(routes)) mount(router, path, routesOf(sendPage))
  return router
}
