import { randomUUID } from 'node:crypto'
import type { Payment } from './payment-contract.ts'

/** What order-api is told: an id, by which it knows a repetition, and the text that is sent and signed. */
export type PaymentEvent = { id: string; body: string }

type Told = Pick<Payment, 'order_reference' | 'amount_cents' | 'currency'>

export function paymentEvent(
  status: 'captured' | 'declined' | 'refunded',
  { order_reference, amount_cents, currency }: Told,
  reason: string | null,
): PaymentEvent {
  const id = randomUUID()
  const created_at = new Date().toISOString()
  const type = `payment.${status}`
  return { id, body: JSON.stringify({ id, type, order_reference, amount_cents, currency, reason, created_at }) }
}
