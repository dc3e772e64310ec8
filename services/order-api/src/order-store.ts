import { createHash } from 'node:crypto'
import type { Database } from '@secure-ecommerce/kit/database'
import type { NewOrder, Order, OrderItem } from './order-contract.ts'
import { type OrderStatus, statesBefore } from './order-status.ts'
import type { ReservedItem } from './stock-client.ts'

export type OrderStore = ReturnType<typeof orderStore>

/** An order with what only this service and its neighbours may see. */
export type StoredOrder = Order & { reference: string; requestHash: Buffer }

type Row = Omit<Order, 'items' | 'total' | 'created_at' | 'updated_at'> & {
  reference: string
  request_hash: Buffer
  total_cents: number | null
  created_at: Date
  updated_at: Date
  items: (Omit<OrderItem, 'price'> & { price_cents: number | null })[]
}

const selectOrder = `
  select id, reference, request_hash, status, reason, email, address, total_cents, created_at, updated_at,
    (select json_agg(json_build_object('product_id', product_id, 'quantity', quantity, 'name', name, 'price_cents', price_cents)
                     order by product_id)
     from order_items where order_id = orders.id) as items
  from orders`

export function orderStore(database: Database) {
  async function findBy(name: string, condition: string, value: unknown): Promise<StoredOrder | undefined> {
    const { rows } = await database.query<Row>({ name, text: `${selectOrder} where ${condition}`, values: [value] })
    return rows[0] && toOrder(rows[0])
  }

  /** Moves an order on; a state from which there is no way there is a bug. */
  async function moveTo(
    status: OrderStatus,
    reference: string,
    { reason = null, freeKey = false }: { reason?: string | null; freeKey?: boolean } = {},
  ): Promise<void> {
    const { rowCount } = await database.query({
      name: 'move-order',
      text: `update orders set status = $2, reason = $3, updated_at = now(),
               idempotency_key = case when $5 then null else idempotency_key end
             where reference = $1 and status = any($4)`,
      values: [reference, status, reason, statesBefore(status), freeKey],
    })
    if (rowCount !== 1) throw new Error(`order ${reference} cannot become ${status}`)
  }

  return {
    find: (id: number) => findBy('find-order', 'id = $1', id),
    findByReference: (reference: string) => findBy('find-order-by-reference', 'reference = $1', reference),
    findByKey: (key: string) => findBy('find-order-by-key', 'idempotency_key = $1', key),

    /** Up to `limit` orders with ids below `before`, descending. */
    async list(before: number, limit: number): Promise<StoredOrder[]> {
      const { rows } = await database.query<Row>({
        name: 'list-orders',
        text: `${selectOrder} where id < $1 order by id desc limit $2`,
        values: [before, limit],
      })
      return rows.map(toOrder)
    },

    /** Stores a pending order. @returns false when its idempotency key is taken; nothing is stored then */
    async create(reference: string, key: string | undefined, order: NewOrder): Promise<boolean> {
      const { rowCount } = await database.query({
        name: 'create-order',
        text: `with created as (
                 insert into orders (reference, idempotency_key, request_hash, email, address)
                 values ($1, $2, $3, $4, $5) on conflict (idempotency_key) do nothing returning id)
               insert into order_items (order_id, product_id, quantity)
               select id, product_id, quantity from created, unnest($6::bigint[], $7::integer[]) as t (product_id, quantity)`,
        values: [
          reference,
          key,
          requestHash(order),
          order.email,
          order.address,
          order.items.map((item) => item.product_id),
          order.items.map((item) => item.quantity),
        ],
      })
      return rowCount !== 0
    },

    /** Keeps the names and prices that stock was reserved at. @returns the total in cents */
    async markReserved(reference: string, items: ReservedItem[]): Promise<number> {
      const totalCents = items.reduce((sum, item) => sum + item.price_cents * item.quantity, 0)
      const { rowCount } = await database.query({
        name: 'reserve-order',
        text: `with reserved as (
                 update orders set status = 'reserved', total_cents = $2, updated_at = now()
                 where reference = $1 and status = any($3) returning id)
               update order_items i set name = t.name, price_cents = t.price_cents
               from reserved, unnest($4::bigint[], $5::text[], $6::bigint[]) as t (product_id, name, price_cents)
               where i.order_id = reserved.id and i.product_id = t.product_id`,
        values: [
          reference,
          totalCents,
          [...statesBefore('reserved'), 'reserved'], // again, when an order is taken up
          items.map((item) => item.product_id),
          items.map((item) => item.name),
          items.map((item) => item.price_cents),
        ],
      })
      if (rowCount === 0) throw new Error(`order ${reference} cannot become reserved`)
      return totalCents
    },

    /** Claims an order whose placing stopped: longer ago than both steps' time limits. @returns whether it is the caller's now */
    async takeUp(reference: string): Promise<boolean> {
      const { rowCount } = await database.query({
        name: 'take-up-order',
        text: `update orders set updated_at = now()
               where reference = $1 and status in ('pending', 'reserved') and updated_at < now() - interval '20 seconds'`,
        values: [reference],
      })
      return rowCount === 1
    },

    markPaid: (reference: string) => moveTo('paid', reference),
    markRejected: (reference: string, reason: string) => moveTo('rejected', reference, { reason }),

    /** For an order that nothing came of but could yet: its key is free, so that the same request may be sent again. */
    markAbandoned: (reference: string, reason: string) => moveTo('rejected', reference, { reason, freeKey: true }),
  }
}

/** SHA-256 of what was asked for, the same for the same request however its JSON was written. */
export function requestHash({ items, email, address, payment_token }: NewOrder): Buffer {
  const sorted = items.map(({ product_id, quantity }) => [product_id, quantity] as const).sort(([a], [b]) => a - b)
  return createHash('sha256')
    .update(JSON.stringify([sorted, email, address, payment_token]))
    .digest()
}

function toOrder({ items, total_cents, created_at, updated_at, request_hash, ...row }: Row): StoredOrder {
  return {
    ...row,
    requestHash: request_hash,
    items: items.map(({ price_cents, ...item }) => ({ ...item, price: fromCents(price_cents) })),
    total: fromCents(total_cents),
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  }
}

function fromCents(cents: number | null): number | null {
  return cents === null ? null : cents / 100
}
