import { ServiceError } from '@secure-ecommerce/kit/service-error'
import { type Request, type Response, Router } from 'express'
import { parseCatalogueQuery } from './catalogue-query.ts'
import type { SendPage } from './page-sender.ts'
import { pathId } from './path-id.ts'
import { emptyProduct, type ProductErrors, type ProductValues, parseProduct, valuesOf } from './product-form.ts'
import { visitorOf } from './visitor.ts'

const pageSize = 50

type Shown = { values: ProductValues; errors?: ProductErrors | null; problem?: string | null; status?: number }

export function staffProductRoutes(sendPage: SendPage): Router {
  const router = Router()

  /** @param id null for a product that is still to be made */
  function showForm(req: Request, res: Response, id: number | null, shown: Shown): void {
    const { values, errors = null, problem = null, status = 200 } = shown
    const saved = 'saved' in req.query
    sendPage(req, res, { page: 'staff-product', id, values, errors, problem, saved }, status)
  }

  /** Shows the form again where the API did not take it. */
  function refused(req: Request, res: Response, id: number | null, values: ProductValues) {
    return (error: unknown) => {
      if (!(error instanceof ServiceError) || error.code !== 'invalid') throw error
      const problem = [error.message, ...(error.details ?? [])].join('. ')
      showForm(req, res, id, { values, problem, status: 422 })
    }
  }

  router.get('/', async (req, res) => {
    const query = parseCatalogueQuery(req.query)
    const { products, next_cursor: nextCursor } = await visitorOf(res).shop.listProducts(query, pageSize)
    sendPage(req, res, { page: 'staff-products', query, products, nextCursor })
  })

  router.get('/new', (req, res) => showForm(req, res, null, { values: emptyProduct }))

  router.post('/', async (req, res) => {
    const { values, errors, fields } = parseProduct(req.body)
    if (errors) return showForm(req, res, null, { values, errors, status: 422 })
    await visitorOf(res)
      .shop.createProduct(fields)
      .then(({ id }) => res.redirect(303, `/staff/products/${id}?saved`), refused(req, res, null, values))
  })

  router.get('/:id', async (req, res) => {
    const id = pathId(req.params.id)
    const product = await visitorOf(res).shop.findProduct(id)
    if (!product) throw new ServiceError('not_found', 'No such product')
    showForm(req, res, id, { values: valuesOf(product) })
  })

  router.post('/:id', async (req, res) => {
    const id = pathId(req.params.id)
    const { values, errors, changes } = parseProduct(req.body)
    if (errors) return showForm(req, res, id, { values, errors, status: 422 })
    await visitorOf(res)
      .shop.changeProduct(id, changes)
      .then(() => res.redirect(303, `/staff/products/${id}?saved`), refused(req, res, id, values))
  })

  router.post('/:id/delete', async (req, res) => {
    await visitorOf(res).shop.deleteProduct(pathId(req.params.id))
    res.redirect(303, '/staff/products')
  })

  return router
}
