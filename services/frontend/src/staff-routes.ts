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
  router.use('/orders', staffOrderRoutes(sendPage))
  router.use('/products', staffProductRoutes(sendPage))
  return router
}
