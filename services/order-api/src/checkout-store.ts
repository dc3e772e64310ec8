import type { Acted } from '@secure-ecommerce/kit/acting'
import type { Answer } from '@secure-ecommerce/kit/contract'
import type { Database } from '@secure-ecommerce/kit/database'
import { grouped } from '@secure-ecommerce/kit/grouped'
import type { WantedItem } from './order-contract.ts'
import type { OrderStatus } from './order-status.ts'
import { orderColumns, type Row, type StoredOrder, toOrder } from './order-store.ts'
import type { ReservedItem } from './stock-client.ts'

export type CheckoutStore = ReturnType<typeof checkoutStore>

export type NewRow = {
  reference: string
  customer: string
  key: string | null
  /** Hexadecimal. */
  request_hash: string
  request_id: string
  email: string | null
  address: string | null
  payment_token: string
  created_at: string
  items: WantedItem[]
  acted: Acted
}

type Reserved = { reference: string; total_cents: number; at: string; items: ReservedItem[] }

export type Conclusion = {
  reference: string
  from: OrderStatus
  to: OrderStatus
  reason: string | null
  at: string
  /** What a neighbour must be told because of it. */
  message: 'confirm_stock' | 'release_stock' | null
  answer_status: number
  answer_body: string
  /** Of a message of payment-api that says so, else null. */
  heard: string | null
}

/**
 * Every change of an order, each one statement and one commit: the state, what a neighbour must be told of it, and the answer for
 * its idempotency key stand or fall together. All are conditional on the state before, so of several who try only one succeeds.
 *
 * Changes that are asked for at the same time share a statement (see `grouped`): under load it is commits that cost.
 */
export function checkoutStore(database: Database) {
  /** Runs a statement that takes an array of `changes` as JSON. @returns what each came to, by its reference */
  async function changeMany<Change, Found extends { reference: string }>(
    name: string,
    text: string,
    changes: Change[],
  ): Promise<Map<string, Found>> {
    const { rows } = await database.query<Found>({ name, text, values: [JSON.stringify(changes)] })
    return new Map(rows.map((row) => [row.reference, row]))
  }

  return {
    /** Stores a pending order. @returns its id; undefined when its idempotency key is taken, and nothing is stored then */
    create: grouped(async (orders: NewRow[]) => {
      const created = await changeMany<NewRow, { reference: string; id: number }>('create-orders', createOrders, orders)
      return orders.map(({ reference }) => created.get(reference)?.id)
    }),

    /** Keeps the names and prices that stock was reserved at. @returns false when the order is not pending any more */
    markReserved: grouped(async (reserved: Reserved[]) => {
      const moved = await changeMany('reserve-orders', reserveOrders, reserved)
      return reserved.map(({ reference }) => moved.has(reference))
    }),

    /** Ends the part of an order's way that its customer waits for. @returns false when the order is not in state `from` any more */
    conclude: grouped(async (conclusions: Conclusion[]) => {
      const moved = await changeMany<Conclusion, { reference: string; status: OrderStatus }>(
        'conclude-orders',
        concludeOrders,
        conclusions,
      )
      return conclusions.map(({ reference, to }) => moved.get(reference)?.status === to)
    }),

    /**
     * Claims up to `limit` orders whose time has come: nobody works on them, or has not come to an end for a while. Who claims has
     * them to himself for a moment; should two have one all the same, both do and find the same.
     */
    async claimDue(limit: number): Promise<StoredOrder[]> {
      const { rows } = await database.query<Row>({
        name: 'claim-orders',
        text: `update orders set due_at = now() + interval '2 seconds'
               where id in (select id from orders where due_at <= now() order by due_at limit $1 for update skip locked)
               returning ${orderColumns}`,
        values: [limit],
      })
      return rows.map(toOrder)
    },

    /** Keeps the first answer to a key; later ones change nothing. @returns the first */
    async keepAnswer(
      reference: string,
      { status, body }: Answer,
    ): Promise<{ status: number; body: string } | undefined> {
      const { rows } = await database.query<{ status: number; body: string }>({
        name: 'keep-answer',
        text: `update idempotency_keys
               set answer_status = coalesce(answer_status, $2), answer_body = coalesce(answer_body, $3)
               where order_reference = $1 returning answer_status as status, answer_body as body`,
        values: [reference, status, body],
      })
      return rows[0]
    },
  }
}

// A key whose time is over is as good as none, whether or not it was swept away already.
const createOrders = `
  with wanted as (
    select * from jsonb_to_recordset($1) as t (
      reference uuid, customer text, key text, request_hash text, request_id text, email text, address text,
      payment_token text, created_at timestamptz, items jsonb, acted jsonb)),
  claimed as (
    insert into idempotency_keys as k (customer, key, request_hash, order_reference)
    select distinct on (customer, key) customer, key, decode(request_hash, 'hex'), reference from wanted where key is not null
    on conflict (customer, key) do update
      set request_hash = excluded.request_hash, order_reference = excluded.order_reference, expires_at = excluded.expires_at,
          answer_status = null, answer_body = null
      where k.expires_at < now()
    returning order_reference),
  created as (
    insert into orders (
      reference, customer, request_id, email, address, payment_token, created_at, updated_at, due_at, acted)
    select reference, customer, request_id, email, address, payment_token, created_at, created_at,
      now() + interval '3 seconds', acted
    from wanted where key is null or reference in (select order_reference from claimed)
    returning id, reference),
  listed as (
    insert into order_items (order_id, product_id, quantity)
    select created.id, item.product_id, item.quantity
    from created join wanted using (reference), jsonb_to_recordset(items) as item (product_id bigint, quantity integer))
  select reference, id from created`

const reserveOrders = `
  with wanted as (
    select * from jsonb_to_recordset($1) as t (reference uuid, total_cents bigint, at timestamptz, items jsonb)),
  moved as (
    update orders set status = 'reserved', total_cents = wanted.total_cents, updated_at = wanted.at,
      due_at = now() + interval '3 seconds'
    from wanted where orders.reference = wanted.reference and status = 'pending'
    returning id, orders.reference, wanted.items),
  priced as (
    update order_items set name = item.name, price_cents = item.price_cents
    from moved, jsonb_to_recordset(moved.items) as item (product_id bigint, name text, price_cents bigint)
    where order_id = moved.id and order_items.product_id = item.product_id)
  select reference from moved`

const concludeOrders = `
  with wanted as (
    select * from jsonb_to_recordset($1) as t (
      reference uuid, "from" text, "to" text, reason text, at timestamptz, message text, answer_status smallint,
      answer_body text, heard uuid)),
  heard as (
    insert into inbox (message_id) select heard from wanted where heard is not null on conflict do nothing
    returning message_id),
  moved as (
    update orders set status = "to", reason = wanted.reason, updated_at = wanted.at, due_at = null, payment_token = null
    from wanted where orders.reference = wanted.reference and status = "from"
      and (wanted.heard is null or wanted.heard in (select message_id from heard))
    returning id, orders.reference, orders.status, wanted.message, wanted.answer_status, wanted.answer_body),
  told as (
    insert into outbox (order_id, message) select id, message from moved where message is not null),
  answered as (
    update idempotency_keys k set answer_status = moved.answer_status, answer_body = moved.answer_body
    from moved where k.order_reference = moved.reference and k.answer_status is null)
  select reference, status from moved`
