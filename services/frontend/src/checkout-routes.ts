import { randomUUID } from 'node:crypto'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import { type Request, type Response, Router } from 'express'
import { isOrderable, loadBasket } from './basket.ts'
import { readBasket } from './basket-cookie.ts'
import { type CheckoutErrors, type CheckoutValues, parseCheckout } from './checkout-form.ts'
import { checkoutProblem } from './checkout-problem.ts'
import { keepBasket } from './keep-basket.ts'
import { orderPath } from './order-link.ts'
import type { SendPage } from './page-sender.ts'
import { placeOrder } from './place-order.ts'
import { isSignedIn, visitorOf } from './visitor.ts'

type Shown = { values: CheckoutValues; errors?: CheckoutErrors | null; problem?: string | null; status?: number }

export function checkoutRoutes(sendPage: SendPage): Router {
  const router = Router()

  async function showForm(req: Request, res: Response, { values, errors = null, problem = null, status = 200 }: Shown) {
    const basket = await loadBasket(readBasket(req.headers.cookie), visitorOf(res).shop.findProduct)
    if (!isOrderable(basket)) return res.redirect(303, '/basket')
    sendPage(req, res, { page: 'checkout', basket, values, errors, problem }, status)
  }

  router.get('/', async (req, res) => {
    const visitor = visitorOf(res)
    const { name, email } = isSignedIn(visitor) ? await visitor.shop.readAccount() : { name: '', email: '' }
    await showForm(req, res, {
      values: { name, email, address: '', payment_token: 'tok_visa', idempotency_key: randomUUID() },
    })
  })

  router.post('/', async (req, res) => {
    const { values, errors } = parseCheckout(req.body)
    if (errors) return showForm(req, res, { values, errors, status: 422 })

    // The order is placed from the cookie alone: were stock looked at first, the second half of a double click could find the
    // last piece gone to the first half, and its customer would be told so.
    const entries = readBasket(req.headers.cookie)
    if (entries.length === 0) return res.redirect(303, '/basket')
    try {
      const { email, address, name, payment_token: paymentToken, idempotency_key: key } = values
      const order = await placeOrder(
        visitorOf(res).shop,
        { entries, email, address: `${name}\n${address}`, paymentToken },
        key,
      )
      if (order.status !== 'rejected') keepBasket(req, res, [])
      res.redirect(303, orderPath(order))
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      const { problem, sameOrder } = checkoutProblem(error)
      res.set(error.headers)
      const key = sameOrder ? values.idempotency_key : randomUUID()
      await showForm(req, res, { values: { ...values, idempotency_key: key }, problem, status: error.status })
    }
  })

  return router
}
