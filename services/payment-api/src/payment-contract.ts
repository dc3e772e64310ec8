import { defineContract } from '@secure-ecommerce/kit/contract'
import { maxTotalCents } from '@secure-ecommerce/kit/schema'
import Joi from 'joi'

export type Charge = { order_reference: string; amount_cents: number; token: string }

export type Payment = {
  order_reference: string
  amount_cents: number
  currency: string
  status: 'intended' | 'captured' | 'declined'
  reason: string | null
}

const reference = Joi.string().uuid().required()

const payment = Joi.object<Payment>()

/** Payments, for order-api only. Card numbers never come here: a token stands for a card that the provider knows. */
export const paymentContract = defineContract({
  charge: {
    method: 'post',
    path: '/',
    summary: 'Charge an order, once: asked again it answers with the first outcome',
    body: Joi.object<Charge>({
      order_reference: reference,
      amount_cents: Joi.number().integer().min(1).max(maxTotalCents).required(),
      token: Joi.string()
        .pattern(/^tok_[A-Za-z0-9_]{1,64}$/, 'a payment token')
        .required(),
    }),
    success: { status: 201, description: 'The outcome, captured or declined', body: payment },
    errors: ['conflict'],
  },
  readPayment: {
    method: 'get',
    path: '/:order_reference',
    summary: 'Read the payment of an order',
    params: Joi.object<{ order_reference: string }>({ order_reference: reference }),
    success: { status: 200, description: 'The payment', body: payment },
    errors: ['not_found'],
  },
})
