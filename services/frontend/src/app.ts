import { createHttpApp } from '@secure-ecommerce/kit/http-app'
import type { Logger } from '@secure-ecommerce/kit/log'
import type { Express } from 'express'
import { basketRoutes } from './basket-routes.ts'
import type { Build } from './build.ts'
import { catalogueRoutes } from './catalogue-routes.ts'
import { checkoutRoutes } from './checkout-routes.ts'
import { clientFiles } from './client-files.ts'
import { errorPages } from './error-pages.ts'
import { orderRoutes } from './order-routes.ts'
import { pageSender } from './page-sender.ts'
import { productRoutes } from './product-routes.ts'
import { refuseCrossSite } from './same-origin.ts'
import { securityHeaders } from './security-headers.ts'
import type { ShopApi } from './shop-api.ts'

/** Everything the storefront needs, given by main.ts and by tests. */
type Deps = { log: Logger; shop: ShopApi; build: Build }

export function createApp({ log, shop, build }: Deps): Express {
  const sendPage = pageSender(build)
  return createHttpApp({
    log,
    ready: shop.ping,
    before: [securityHeaders, refuseCrossSite],
    routes: {
      ...clientFiles(build.clientFolder),
      '/products': productRoutes(shop, sendPage),
      '/basket': basketRoutes(shop, sendPage),
      '/checkout': checkoutRoutes(shop, sendPage),
      '/orders': orderRoutes(shop, sendPage),
      '/': catalogueRoutes(shop, sendPage),
    },
    after: errorPages(log, sendPage),
  })
}
