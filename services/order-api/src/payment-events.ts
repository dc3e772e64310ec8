import { crashPoint } from '@secure-ecommerce/kit/crash-point'
import { parseJson, readJsonText } from '@secure-ecommerce/kit/json-body'
import type { Secret } from '@secure-ecommerce/kit/secret'
import { signatureHeader, verifySignature } from '@secure-ecommerce/kit/signature'
import { Router } from 'express'
import Joi from 'joi'
import { type Checkout, settle } from './advance-order.ts'

type PaymentEvent = {
  id: string
  type: 'payment.captured' | 'payment.declined' | 'payment.refunded'
  order_reference: string
  reason: string | null
}

const paymentEvent = Joi.object<PaymentEvent>({
  id: Joi.string().uuid().required(),
  type: Joi.string().valid('payment.captured', 'payment.declined', 'payment.refunded').required(),
  order_reference: Joi.string().uuid().required(),
  reason: Joi.string().allow(null).required(),
}).unknown()

/**
 * Where payment-api says what became of a payment that took longer than its request. Acknowledged when it is stored; the same
 * message again changes nothing.
 */
export function paymentEvents(checkout: Checkout, key: Secret): Router {
  const router = Router({ caseSensitive: true, strict: true })

  router.post('/', readJsonText, async (req, res) => {
    // The signature is of the text as it came, so it is checked before anybody reads anything into it.
    verifySignature(key, req.body, req.headers[signatureHeader]?.toString())
    const event: PaymentEvent = Joi.attempt(parseJson(req.body), paymentEvent)
    const order = await checkout.orders.findByReference(event.order_reference)
    // A refund is what we asked for, and its message in the outbox ends the order.
    if (order?.status === 'reserved' && event.type !== 'payment.refunded') {
      const status = event.type === 'payment.captured' ? 'captured' : 'declined'
      await settle(checkout, order, { status, reason: event.reason }, event.id)
    }
    await crashPoint('after-event-before-acknowledged')
    res.writeHead(204).end()
  })

  return router
}
