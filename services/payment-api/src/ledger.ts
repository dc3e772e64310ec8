import type { Database } from '@secure-ecommerce/kit/database'
import { grouped } from '@secure-ecommerce/kit/grouped'
import type { Payment } from './payment-contract.ts'
import type { PaymentEvent } from './payment-event.ts'
import { columns } from './payment-store.ts'

export type Ledger = ReturnType<typeof ledger>

/** An outcome that the provider gave, and the event by which order-api is told, if it is not told at once. */
type Outcome = {
  order_reference: string
  status: 'captured' | 'declined' | 'refunded'
  reason: string | null
  /** The provider's id of the charge. */
  provider_id: string | null
  /** The provider's id of the refund. */
  refund_id: string | null
  event: PaymentEvent | undefined
}

/** Where money is written down as moved: status, both sides of the ledger and the event, in one statement. */
export function ledger(database: Database) {
  async function recordMany(outcomes: Outcome[]): Promise<Payment[]> {
    const references = outcomes.map(({ order_reference }) => order_reference)
    const { rows } = await database.query<Payment>({
      name: 'record-outcomes',
      // A row takes the first outcome that fits its status; the trigger of 002_keep_a_ledger.sql refuses any other change.
      text: `with outcomes as (
               select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::text[])
                 as outcome (reference, status, reason, provider_id, refund_id, event_id, event_body)
               order by reference
             ), recorded as (
               update payments set status = outcomes.status, reason = outcomes.reason, refund_id = outcomes.refund_id,
                 provider_id = coalesce(outcomes.provider_id, payments.provider_id), token = null, due_at = null, updated_at = now()
               from outcomes
               where order_reference = reference
                 and payments.status = case outcomes.status when 'refunded' then 'captured' else 'intended' end
               returning payments.*, event_id, event_body
             ), booked as (
               insert into ledger_entries (payment_id, transaction, account, amount_cents, currency)
               select id, transaction, account, sign * amount_cents, currency
               from recorded
               join (values ('captured', 'capture', 'provider', 1), ('captured', 'capture', 'sales', -1),
                            ('refunded', 'refund', 'provider', -1), ('refunded', 'refund', 'sales', 1))
                 as sides (moved, transaction, account, sign) on moved = status
             ), announced as (
               insert into webhook_deliveries (id, body)
               select event_id, event_body from recorded where event_id is not null
             )
             select ${columns} from recorded`,
      values: [
        references,
        outcomes.map(({ status }) => status),
        outcomes.map(({ reason }) => reason),
        outcomes.map(({ provider_id }) => provider_id),
        outcomes.map(({ refund_id }) => refund_id),
        outcomes.map(({ event }) => event?.id ?? null),
        outcomes.map(({ event }) => event?.body ?? null),
      ],
    })
    const recorded = new Map(rows.map((payment) => [payment.order_reference, payment]))
    const missing = references.filter((reference) => !recorded.has(reference))
    for (const payment of await findMany(missing)) recorded.set(payment.order_reference, payment)
    return references.map((reference) => recorded.get(reference) as Payment)
  }

  async function findMany(references: string[]): Promise<Payment[]> {
    if (references.length === 0) return []
    const { rows } = await database.query<Payment>({
      name: 'find-recorded',
      text: `select ${columns} from payments where order_reference = any($1::uuid[])`,
      values: [references],
    })
    return rows
  }

  return {
    /** Records the provider's outcome. @returns the payment with its first outcome, which stays */
    record: grouped(recordMany),
  }
}
