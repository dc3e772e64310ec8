import type { Database } from '@secure-ecommerce/kit/database'
import type { Charge, Payment } from './payment-contract.ts'
import type { Outcome } from './payment-provider.ts'

export type PaymentStore = ReturnType<typeof paymentStore>

const columns = 'order_reference, amount_cents, currency, status, reason'

export function paymentStore(database: Database) {
  async function find(reference: string): Promise<Payment | undefined> {
    const { rows } = await database.query<Payment>({
      name: 'find-payment',
      text: `select ${columns} from payments where order_reference = $1`,
      values: [reference],
    })
    return rows[0]
  }

  return {
    find,

    /** Writes down what is about to be charged, before the provider is called. @returns what was written first, if it was before */
    async intend({ order_reference, amount_cents }: Charge): Promise<Payment> {
      const { rows } = await database.query<Payment>({
        name: 'intend-payment',
        // The update changes nothing; it is how an insert that meets a row returns that row.
        text: `insert into payments (order_reference, amount_cents) values ($1, $2)
               on conflict (order_reference) do update set order_reference = excluded.order_reference
               returning ${columns}`,
        values: [order_reference, amount_cents],
      })
      return rows[0] as Payment
    },

    /** Records the provider's outcome. @returns the payment with its first outcome, which stays */
    async record(reference: string, outcome: Outcome): Promise<Payment> {
      const { provider_id, reason } = { provider_id: null, reason: null, ...outcome }
      const { rows } = await database.query<Payment>({
        name: 'record-payment',
        text: `update payments set status = $2, reason = $3, provider_id = $4, updated_at = now()
               where order_reference = $1 and status = 'intended' returning ${columns}`,
        values: [reference, outcome.status, reason, provider_id],
      })
      return rows[0] ?? ((await find(reference)) as Payment)
    },
  }
}
