import type { Figure } from '@secure-ecommerce/kit/figures'

const figures: Figure[] = [
  {
    name: 'payments',
    help: 'Payments of the last 24 hours, and older ones about which the provider is still asked',
    by: { label: 'status', values: ['intended', 'captured', 'declined', 'voided', 'refunded'] },
  },
  { name: 'payment_notices_waiting', help: 'Outcomes that order-api has not acknowledged yet' },
  { name: 'payment_notices_oldest_seconds', help: 'For how long the oldest of these has been waiting' },
  {
    name: 'ledger_imbalance_cents',
    help: 'By how much payments are out of balance in the ledger of the last 24 hours',
  },
]

/** How charging goes. Of all payments there ever were the count would take longer each day. */
export const paymentFigures = {
  figures,
  text: `
    select 'payments' as figure, status as of, count(*) as value from payments
    where created_at > now() - interval '24 hours' or due_at is not null group by status
    union all
    select 'payment_notices_waiting', null, count(*) from webhook_deliveries
    union all
    select 'payment_notices_oldest_seconds', null, extract(epoch from now() - min(created_at))::float8
    from webhook_deliveries having count(*) > 0
    union all
    select 'ledger_imbalance_cents', null, sum(abs(cents))::float8
    from (
      select sum(amount_cents) as cents from ledger_entries
      where created_at > now() - interval '24 hours' group by payment_id, transaction, currency
    ) booked having count(*) > 0`,
}
