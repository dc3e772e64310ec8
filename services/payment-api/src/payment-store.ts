import type { Database } from '@secure-ecommerce/kit/database'
import type { Charge, Payment } from './payment-contract.ts'
import type { Outcome } from './payment-provider.ts'

export type PaymentStore = ReturnType<typeof paymentStore>

const columns = 'order_reference, amount_cents, currency, status, reason'

export function paymentStore(database: Database) {
  return {
    async find(reference: string): Promise<Payment | undefined> {
      const { rows } = await database.query<Payment>({
        name: 'find-payment',
        text: `select ${columns} from payments where order_reference = $1`,
        values: [reference],
      })
      return rows[0]
    },

    /** Writes down what is about to be charged, before the provider is called. Asked again it changes nothing. */
    async intend({ order_reference, amount_cents }: Charge): Promise<void> {
      await database.query({
        name: 'intend-payment',
        text: 'insert into payments (order_reference, amount_cents) values ($1, $2) on conflict do nothing',
        values: [order_reference, amount_cents],
      })
    },

    /** Records the provider's outcome; the first one stays. */
    async record(reference: string, outcome: Outcome): Promise<void> {
      const { provider_id, reason } = { provider_id: null, reason: null, ...outcome }
      await database.query({
        name: 'record-payment',
        text: `update payments set status = $2, reason = $3, provider_id = $4, updated_at = now()
               where order_reference = $1 and status = 'intended'`,
        values: [reference, outcome.status, reason, provider_id],
      })
    },
  }
}
