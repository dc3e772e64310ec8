import type { Database } from '@secure-ecommerce/kit/database'
import { grouped } from '@secure-ecommerce/kit/grouped'
import type { OrderStatus } from './order-status.ts'

export type KeyStore = ReturnType<typeof keyStore>

type Key = { customer: string; key: string }

/** What a key was used for, and what was answered; `answer` is null while nothing was. */
export type Claim = {
  requestHash: Buffer
  reference: string
  /** Of the order, as it was with this answer. */
  status: OrderStatus
  answer: { status: number; body: string } | null
}

type Row = {
  customer: string
  key: string
  request_hash: Buffer
  order_reference: string
  status: OrderStatus
  answer_status: number | null
  answer_body: string | null
}

/** Idempotency keys (draft-ietf-httpapi-idempotency-key-header). They are claimed with the order, in checkout-store.ts. */
export function keyStore(database: Database) {
  return {
    /** @returns undefined for a key that is free, because it was never used or its 24 hours are over */
    find: grouped(async (wanted: Key[]): Promise<(Claim | undefined)[]> => {
      const { rows } = await database.query<Row>({
        name: 'find-keys',
        text: `select k.customer, key, request_hash, order_reference, status, answer_status, answer_body
               from unnest($1::text[], $2::text[]) as wanted (customer, key)
               join idempotency_keys k using (customer, key) join orders on orders.reference = k.order_reference
               where expires_at >= now()`,
        values: [wanted.map(({ customer }) => customer), wanted.map(({ key }) => key)],
      })
      return wanted.map((one) => {
        const row = rows.find(({ customer, key }) => customer === one.customer && key === one.key)
        return row && toClaim(row)
      })
    }),

    /** Deletes what is over: keys after their 24 hours, heard messages after 30 days. @returns whether there may be more */
    async sweep(limit: number): Promise<boolean> {
      const { rowCount: keys } = await database.query({
        name: 'sweep-keys',
        text: `delete from idempotency_keys where (customer, key) in (
                 select customer, key from idempotency_keys where expires_at < now() limit $1 for update skip locked)`,
        values: [limit],
      })
      const { rowCount: messages } = await database.query({
        name: 'sweep-inbox',
        text: `delete from inbox where message_id in (
                 select message_id from inbox where received_at < now() - interval '30 days' limit $1 for update skip locked)`,
        values: [limit],
      })
      return keys === limit || messages === limit
    },
  }
}

function toClaim({ request_hash, order_reference, status, answer_status, answer_body }: Row): Claim {
  return {
    requestHash: request_hash,
    reference: order_reference,
    status,
    answer: answer_status === null || answer_body === null ? null : { status: answer_status, body: answer_body },
  }
}
