import type { ChargeRow, PaymentRow } from './model/books.ts'
import type { Select } from './psql.ts'

/** What the simulated provider has taken, and given back of it. */
export function readCharges(select: Select): Promise<ChargeRow[]> {
  return select(
    'payment-db',
    `select c.idempotency_key, c.amount_cents, coalesce(r.amount_cents, 0) as refunded_cents
     from simulated_charges c left join simulated_refunds r on r.charge_id = c.id where c.outcome = 'captured'`,
  )
}

/** The shop's own payments, with what the ledger has of each. */
export function readPayments(select: Select): Promise<PaymentRow[]> {
  return select(
    'payment-db',
    `select order_reference, status, amount_cents, (
       select coalesce(sum(amount_cents), 0) from ledger_entries where payment_id = id and account = 'provider') as entries_cents
     from payments`,
  )
}
