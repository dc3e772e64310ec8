import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { Charge, Payment } from './payment-contract.ts'
import type { PaymentProvider } from './payment-provider.ts'
import type { PaymentStore } from './payment-store.ts'

/** Intent, charge, record: in this order, so that no money moves without a row that says so. */
export async function chargeOrder(payments: PaymentStore, provider: PaymentProvider, charge: Charge): Promise<Payment> {
  const { order_reference, amount_cents, token } = charge
  const payment = await payments.intend(charge)
  if (payment.amount_cents !== amount_cents) {
    throw new ServiceError('conflict', 'The order is known with another amount', {
      details: [`expected ${payment.amount_cents} cents, found ${amount_cents}`],
    })
  }
  if (payment.status !== 'intended') return payment

  const outcome = await provider.charge({
    key: order_reference,
    amountCents: amount_cents,
    currency: payment.currency,
    token,
  })
  return payments.record(order_reference, outcome)
}
