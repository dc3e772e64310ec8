import { contractRouter } from '@secure-ecommerce/kit/contract-router'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { Router } from 'express'
import { chargeOrder } from './charge-order.ts'
import { paymentContract } from './payment-contract.ts'
import type { PaymentStore } from './payment-store.ts'
import { refundOrder } from './refund-order.ts'
import type { SettlePayment } from './settle-payment.ts'

export function paymentRoutes(payments: PaymentStore, settle: SettlePayment): Router {
  return contractRouter(paymentContract, {
    charge: ({ body }) => chargeOrder(payments, settle, body),

    async readPayment({ params: { order_reference } }) {
      const payment = await payments.find(order_reference)
      if (!payment) throw new ServiceError('not_found', 'No payment for this order')
      return payment
    },

    void: ({ params: { order_reference }, body: { amount_cents } }) => payments.void(order_reference, amount_cents),

    refund: ({ params: { order_reference } }) => refundOrder(payments, settle, order_reference),
  })
}
