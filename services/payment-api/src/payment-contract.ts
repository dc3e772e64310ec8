import { defineContract } from '@secure-ecommerce/kit/contract'
import { maxTotalCents } from '@secure-ecommerce/kit/schema'
import Joi from 'joi'

export type Charge = { order_reference: string; amount_cents: number; token: string }

export type Payment = {
  order_reference: string
  amount_cents: number
  currency: string
  /** Intended: the outcome is not known yet, and is being asked about. */
  status: 'intended' | 'captured' | 'declined' | 'voided' | 'refunded'
  reason: string | null
}

/** In the one form in which the database gives it back. */
const reference = Joi.string()
  .pattern(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a UUID in lower case')
  .required()
const amountCents = Joi.number().integer().min(1).max(maxTotalCents).required()

const byReference = Joi.object<{ order_reference: string }>({ order_reference: reference })

const payment = Joi.object<Payment>()

/** Payments, for order-api only. Card numbers never come here: a token stands for a card that the provider knows. */
export const paymentContract = defineContract({
  charge: {
    method: 'post',
    path: '/',
    summary: 'Charge an order, once: asked again it answers with the first outcome',
    access: 'services',
    body: Joi.object<Charge>({
      order_reference: reference,
      amount_cents: amountCents,
      token: Joi.string()
        .pattern(/^tok_[A-Za-z0-9_]{1,64}$/, 'a payment token')
        .required(),
    }),
    success: {
      status: 201,
      description: 'The payment; an outcome that is open is announced by webhook',
      body: payment,
    },
    errors: ['conflict'],
  },
  readPayment: {
    method: 'get',
    path: '/:order_reference',
    summary: 'Read the payment of an order',
    access: 'services',
    params: byReference,
    success: { status: 200, description: 'The payment', body: payment },
    errors: ['not_found'],
  },
  void: {
    method: 'post',
    path: '/:order_reference/void',
    summary: 'Rule out that an order is charged from now on, if it was not before',
    access: 'services',
    params: byReference,
    body: Joi.object<{ amount_cents: number }>({ amount_cents: amountCents }),
    success: { status: 200, description: 'The payment, voided or as it was', body: payment },
  },
  refund: {
    method: 'post',
    path: '/:order_reference/refund',
    summary: 'Give back the whole of a captured payment, once',
    access: 'services',
    params: byReference,
    success: { status: 200, description: 'The payment; still captured while the refund is under way', body: payment },
    errors: ['not_found'],
  },
})
