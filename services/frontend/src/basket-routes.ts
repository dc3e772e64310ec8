import { sendJson } from '@secure-ecommerce/kit/send-json'
import { Router } from 'express'
import Joi from 'joi'
import { loadBasket } from './basket.ts'
import { addToBasket, countItems, maxEntries, maxQuantity, readBasket, setQuantity } from './basket-cookie.ts'
import { keepBasket } from './keep-basket.ts'
import { PageError } from './page-error.ts'
import type { SendPage } from './page-sender.ts'
import { pathId } from './path-id.ts'
import { visitorOf } from './visitor.ts'
import { wantsJson } from './wants-json.ts'

const addSchema = Joi.object<{ product_id: number; quantity: number }>({
  product_id: Joi.number().integer().min(1).required(),
  quantity: Joi.number().integer().min(1).max(maxQuantity).default(1),
})
const changeSchema = Joi.object<{ quantity: number }>({
  quantity: Joi.number().integer().min(0).max(maxQuantity).required(),
})

const fullBasket = {
  heading: 'Your basket is full',
  text: `It holds at most ${maxEntries} different products. Please order or remove some first.`,
}

export function basketRoutes(sendPage: SendPage): Router {
  const router = Router()

  router.get('/', async (req, res) => {
    const entries = readBasket(req.headers.cookie)
    const basket = await loadBasket(entries, visitorOf(res).shop.findProduct)
    // What the shop no longer has leaves the basket once its owner has been told.
    if (basket.gone.length > 0)
      keepBasket(
        req,
        res,
        entries.filter(({ id }) => !basket.gone.includes(id)),
      )
    sendPage(req, res, { page: 'basket', basket })
  })

  router.post('/items', (req, res) => {
    const { product_id, quantity } = Joi.attempt(req.body, addSchema)
    const entries = addToBasket(readBasket(req.headers.cookie), product_id, quantity)
    if (!entries) throw new PageError('conflict', fullBasket)
    keepBasket(req, res, entries)
    if (wantsJson(req)) sendJson(res, 200, { count: countItems(entries) })
    else res.redirect(303, '/basket')
  })

  router.post('/items/:id', (req, res) => {
    const { quantity } = Joi.attempt(req.body, changeSchema)
    keepBasket(req, res, setQuantity(readBasket(req.headers.cookie), pathId(req.params.id), quantity))
    res.redirect(303, '/basket')
  })

  router.post('/items/:id/remove', (req, res) => {
    keepBasket(req, res, setQuantity(readBasket(req.headers.cookie), pathId(req.params.id), 0))
    res.redirect(303, '/basket')
  })

  return router
}
