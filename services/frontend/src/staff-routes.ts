import { mount } from '@secure-ecommerce/kit/path-templates'
import { Router } from 'express'
import type { SendPage } from './page-sender.ts'
import { requireStaff } from './require-staff.ts'
import { staffOrderRoutes } from './staff-order-routes.ts'
import { staffProductRoutes } from './staff-product-routes.ts'

/** What only staff and admins see. */
export function staffRoutes(sendPage: SendPage): Router {
  const router = Router()
  router.use(requireStaff)
  router.get('/', (_req, res) => res.redirect(303, '/staff/orders'))
  mount(router, '/orders', staffOrderRoutes(sendPage))
  mount(router, '/products', staffProductRoutes(sendPage))
  return router
}
