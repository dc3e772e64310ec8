import { ServiceError } from '@secure-ecommerce/kit/service-error'
import { type Request, type Response, Router } from 'express'
import { parsePageQuery } from './page-query.ts'
import type { SendPage } from './page-sender.ts'
import { pathId } from './path-id.ts'
import { visitorOf } from './visitor.ts'

const pageSize = 50

export function staffOrderRoutes(sendPage: SendPage): Router {
  const router = Router()

  async function showOrder(req: Request, res: Response, problem: string | null = null, status = 200) {
    const order = await visitorOf(res).shop.findOrder(pathId(req.params.id))
    if (!order) throw new ServiceError('not_found', 'No such order')
    const refunding = 'refunding' in req.query && order.status !== 'refunded'
    sendPage(req, res, { page: 'staff-order', order, refunding, problem }, status)
  }

  router.get('/', async (req, res) => {
    const { cursor } = parsePageQuery(req.query)
    const { orders, next_cursor: nextCursor } = await visitorOf(res).shop.listOrders(cursor, pageSize)
    sendPage(req, res, { page: 'staff-orders', orders, cursor, nextCursor })
  })

  router.get('/:id', (req, res) => showOrder(req, res))

  router.post('/:id/refund', async (req, res) => {
    const id = pathId(req.params.id)
    try {
      await visitorOf(res).shop.refundOrder(id)
      res.redirect(303, `/staff/orders/${id}?refunding`)
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'conflict') throw error
      await showOrder(req, res, `${error.message}.`, error.status)
    }
  })

  return router
}
