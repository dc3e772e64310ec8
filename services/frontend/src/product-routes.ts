import { ServiceError } from '@secure-ecommerce/kit/service-error'
import { Router } from 'express'
import type { SendPage } from './page-sender.ts'
import { pathId } from './path-id.ts'
import type { Shop } from './shop-api.ts'
import type { Product } from './shop-types.ts'
import { visitorOf } from './visitor.ts'

const relatedCount = 4

export function productRoutes(sendPage: SendPage): Router {
  const router = Router()

  router.get('/:id', async (req, res) => {
    const { shop } = visitorOf(res)
    const product = await shop.findProduct(pathId(req.params.id))
    if (!product) throw new ServiceError('not_found', 'No such product')
    sendPage(req, res, { page: 'product', product, related: await relatedTo(shop, product) })
  })

  async function relatedTo(shop: Shop, { id, category }: Product): Promise<Product[]> {
    if (!category) return []
    const { products } = await shop.listProducts({ category }, relatedCount + 1)
    return products.filter((product) => product.id !== id).slice(0, relatedCount)
  }

  return router
}
