import { sendJson } from '@secure-ecommerce/kit/send-json'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import { type Request, type Response, Router } from 'express'
import { linkKey } from './order-link.ts'
import { parsePageQuery } from './page-query.ts'
import type { SendPage } from './page-sender.ts'
import { pathId } from './path-id.ts'
import { isStaff, visitorOf } from './visitor.ts'

const pageSize = 20

export function orderRoutes(sendPage: SendPage): Router {
  const router = Router()

  async function findOrder(req: Request, res: Response) {
    const { shop, role } = visitorOf(res)
    const key = linkKey(req.query.key)
    const order = await shop.findOrder(pathId(req.params.id), key)
    if (order) return order
    // It may be theirs, had they signed in.
    if (role === 'guest' && key === undefined) throw new ServiceError('unauthenticated', 'Sign in first')
    throw new ServiceError('not_found', 'No such order')
  }

  router.get('/', async (req, res) => {
    const visitor = visitorOf(res)
    // To them the API lists everybody's, which is a page of the staff.
    if (isStaff(visitor)) return res.redirect(303, '/staff/orders')
    const { cursor } = parsePageQuery(req.query)
    const { orders, next_cursor: nextCursor } = await visitor.shop.listOrders(cursor, pageSize)
    sendPage(req, res, { page: 'orders', orders, cursor, nextCursor })
  })

  router.get('/:id', async (req, res) => {
    sendPage(req, res, { page: 'order', order: await findOrder(req, res) })
  })

  router.get('/:id/status', async (req, res) => {
    const { status } = await findOrder(req, res)
    sendJson(res, 200, { status })
  })

  return router
}
