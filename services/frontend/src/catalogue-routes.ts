import { ServiceError } from '@secure-ecommerce/kit/service-error'
import { Router } from 'express'
import type { CatalogueQuery } from './catalogue-path.ts'
import { parseCatalogueQuery } from './catalogue-query.ts'
import { type Category, categories } from './category.ts'
import type { SendPage } from './page-sender.ts'
import { type Visitor, visitorOf } from './visitor.ts'

/** Fills whole rows of two, three and four. */
const pageSize = 24

export function catalogueRoutes(sendPage: SendPage): Router {
  const router = Router()

  async function catalogueView({ shop }: Visitor, query: CatalogueQuery) {
    const { products, next_cursor } = await shop.listProducts(query, pageSize)
    return { page: 'catalogue', query, products, nextCursor: next_cursor } as const
  }

  router.get('/', async (req, res) => {
    sendPage(req, res, await catalogueView(visitorOf(res), parseCatalogueQuery(req.query)))
  })

  router.get('/category/:category', async (req, res) => {
    const { category } = req.params
    if (!isCategory(category)) throw new ServiceError('not_found', 'No such department')
    sendPage(req, res, await catalogueView(visitorOf(res), { category, ...parseCatalogueQuery(req.query) }))
  })

  return router
}

function isCategory(text: string): text is Category {
  return (categories as readonly string[]).includes(text)
}
