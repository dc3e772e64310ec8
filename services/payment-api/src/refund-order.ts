import { crashPoint } from '@secure-ecommerce/kit/crash-point'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { Payment } from './payment-contract.ts'
import type { PaymentStore } from './payment-store.ts'
import type { SettlePayment } from './settle-payment.ts'

/** Gives back the whole of a captured payment, once; any other payment is answered as it is. */
export async function refundOrder(payments: PaymentStore, settle: SettlePayment, reference: string): Promise<Payment> {
  const requested = await payments.requestRefund(reference)
  const refunded = requested && (await settle(requested, false))
  await crashPoint('after-record-before-answer')
  const payment = refunded ?? requested?.payment ?? (await payments.find(reference))
  if (!payment) throw new ServiceError('not_found', 'No payment for this order')
  return payment
}
