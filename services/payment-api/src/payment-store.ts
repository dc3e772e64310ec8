import type { Database } from '@secure-ecommerce/kit/database'
import { grouped } from '@secure-ecommerce/kit/grouped'
import { currentContext } from '@secure-ecommerce/kit/request-context'
import { addOnce } from './add-once.ts'
import type { Charge, Payment } from './payment-contract.ts'

export type PaymentStore = ReturnType<typeof paymentStore>

/** A payment with what it takes to ask the provider about it, which is not for the shop to see. */
export type DuePayment = { payment: Payment; token: string | null; provider_id: string | null; created_at: Date }

type Row = Payment & Omit<DuePayment, 'payment'>

/** What the shop sees of a payment. */
export const columns = 'order_reference, amount_cents, currency, status, reason'
const dueColumns = `${columns}, token, provider_id, created_at`

function duePayment({ token, provider_id, created_at, ...payment }: Row): DuePayment {
  return { payment, token, provider_id, created_at }
}

/** A charge with the request that asked for it, which a group of calls would lose. */
type Intent = Charge & { requestId: string | null }

const currentRequest = () => currentContext()?.requestId ?? null

/**
 * Payments and whose turn it is to ask the provider about them: `due_at` says from when anybody may, and whoever does moves
 * it ahead by the lease first. So nobody holds a transaction while the provider thinks, and who dies leaves the row to others.
 *
 * @param lease milliseconds, longer than a call to the provider takes
 */
export function paymentStore(database: Database, lease: number) {
  async function findMany(references: string[]): Promise<Row[]> {
    const { rows } = await database.query<Row>({
      name: 'find-payments',
      text: `select ${dueColumns} from payments where order_reference = any($1::uuid[])`,
      values: [references],
    })
    return rows
  }

  async function addMany(charges: Intent[]): Promise<Row[]> {
    const { rows } = await database.query<Row>({
      name: 'intend-payments',
      text: `insert into payments (order_reference, amount_cents, token, request_id, due_at)
             select reference, amount_cents, token, request_id, now() + $5 * interval '1 ms'
             from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[])
               as wanted (reference, amount_cents, token, request_id)
             order by reference
             on conflict (order_reference) do nothing
             returning ${dueColumns}`,
      values: [
        charges.map(({ order_reference }) => order_reference),
        charges.map(({ amount_cents }) => amount_cents),
        charges.map(({ token }) => token),
        charges.map(({ requestId }) => requestId),
        lease,
      ],
    })
    return rows
  }

  async function find(reference: string): Promise<Payment | undefined> {
    const { rows } = await database.query<Payment>({
      name: 'find-payment',
      text: `select ${columns} from payments where order_reference = $1`,
      values: [reference],
    })
    return rows[0]
  }

  const intend = grouped(async (intents: Intent[]) => {
    const results = await addOnce('order_reference', intents, addMany, findMany)
    return results.map(({ row, added }) => ({ due: duePayment(row), added }))
  })

  return {
    find,

    /**
     * Writes down what is about to be charged. @returns what was written first, and whether that was now: then the provider
     * is the caller's to ask, until the lease ends
     */
    intend: (charge: Charge) => intend({ ...charge, requestId: currentRequest() }),

    /** Sees to it that no charge of this order will ever move money, if none was begun. @returns the payment as it is then */
    async void(reference: string, amountCents: number): Promise<Payment> {
      const { rows } = await database.query<Payment>({
        name: 'void-payment',
        text: `insert into payments (order_reference, amount_cents, status, request_id) values ($1, $2, 'voided', $3)
               on conflict (order_reference) do nothing returning ${columns}`,
        values: [reference, amountCents, currentRequest()],
      })
      return rows[0] ?? ((await find(reference)) as Payment)
    },

    /** Writes down that a captured payment is to be given back. @returns nothing where that is so already, or cannot be */
    async requestRefund(reference: string): Promise<DuePayment | undefined> {
      const { rows } = await database.query<Row>({
        name: 'request-refund',
        text: `update payments set refund_requested_at = now(), due_at = now() + $2 * interval '1 ms', attempts = 0, updated_at = now()
               where order_reference = $1 and status = 'captured' and refund_requested_at is null
               returning ${dueColumns}`,
        values: [reference, lease],
      })
      return rows[0] && duePayment(rows[0])
    },

    /** Takes up payments whose outcome is open and that nobody else is asking about. */
    async takeDue(limit: number): Promise<DuePayment[]> {
      const { rows } = await database.query<Row>({
        name: 'take-due-payments',
        text: `update payments set due_at = now() + $2 * interval '1 ms', attempts = attempts + 1
               where id in (select id from payments where due_at <= now() order by due_at limit $1 for update skip locked)
               returning ${dueColumns}`,
        values: [limit, lease],
      })
      return rows.map(duePayment)
    },

    /** The provider does not know yet, or did not say: others may ask after a while. Keeps the id by which to ask. */
    async postpone(reference: string, providerId: string | null): Promise<void> {
      await database.query({
        name: 'postpone-payment',
        // Frequent for the first five minutes, while somebody may be waiting.
        text: `update payments set provider_id = coalesce($2, provider_id),
                 due_at = now() + backoff(attempts + 1, case when attempts < 60 then interval '5 s' else interval '1 min' end)
               where order_reference = $1 and due_at is not null`,
        values: [reference, providerId],
      })
    },
  }
}
