import { crashPoint } from '@secure-ecommerce/kit/crash-point'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { Charge, Payment } from './payment-contract.ts'
import type { PaymentStore } from './payment-store.ts'
import type { SettlePayment } from './settle-payment.ts'

/**
 * Intent, charge, record: in this order, so that no money moves without a row that says so. Only who wrote the intent asks
 * the provider; whoever comes while the outcome is open is answered `intended`.
 */
export async function chargeOrder(payments: PaymentStore, settle: SettlePayment, charge: Charge): Promise<Payment> {
  const { due, added } = await payments.intend(charge)
  const { payment } = due
  if (payment.amount_cents !== charge.amount_cents) {
    throw new ServiceError('conflict', 'The order is known with another amount', {
      details: [`expected ${payment.amount_cents} cents, found ${charge.amount_cents}`],
    })
  }
  if (!added) return payment

  await crashPoint('after-intent-before-charge')
  const settled = await settle(due, false)
  await crashPoint('after-record-before-answer')
  return settled ?? payment
}
