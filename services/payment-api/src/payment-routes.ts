import { contractRouter } from '@secure-ecommerce/kit/contract-router'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { Router } from 'express'
import { chargeOrder } from './charge-order.ts'
import { paymentContract } from './payment-contract.ts'
import type { PaymentProvider } from './payment-provider.ts'
import type { PaymentStore } from './payment-store.ts'

export function paymentRoutes(payments: PaymentStore, provider: PaymentProvider): Router {
  return contractRouter(paymentContract, {
    charge: ({ body }) => chargeOrder(payments, provider, body),

    async readPayment({ params: { order_reference } }) {
      const payment = await payments.find(order_reference)
      if (!payment) throw new ServiceError('not_found', 'No payment for this order')
      return payment
    },
  })
}
