import { sendJson } from '@secure-ecommerce/kit/send-json'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import { Router } from 'express'
import type { SendPage } from './page-sender.ts'
import { pathId } from './path-id.ts'
import type { ShopApi } from './shop-api.ts'

export function orderRoutes(shop: ShopApi, sendPage: SendPage): Router {
  const router = Router()

  async function findOrder(id: string) {
    const order = await shop.findOrder(pathId(id))
    if (!order) throw new ServiceError('not_found', 'No such order')
    return order
  }

  router.get('/:id', async (req, res) => {
    sendPage(req, res, { page: 'order', order: await findOrder(req.params.id) })
  })

  router.get('/:id/status', async (req, res) => {
    const { status } = await findOrder(req.params.id)
    sendJson(res, 200, { status }, { 'cache-control': 'no-store' })
  })

  return router
}
