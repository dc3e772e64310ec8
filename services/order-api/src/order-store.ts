import type { Database } from '@secure-ecommerce/kit/database'
import type { Order, OrderEvent, OrderItem } from './order-contract.ts'

export type OrderStore = ReturnType<typeof orderStore>

/** An order with what only this service and its neighbours may see. */
export type StoredOrder = Order & {
  /** Names the order to the other services. */
  reference: string
  /** Who placed it: an account's id, `demo` or `guest`. */
  customer: string
  /** Of the request that placed it, so that whatever is done for it later can be found with it. */
  requestId: string
  /** Null once it is not needed any more. */
  paymentToken: string | null
}

export type Row = {
  id: number
  reference: string
  customer: string
  request_id: string
  payment_token: string | null
  status: Order['status']
  reason: string | null
  email: string | null
  address: string | null
  total_cents: number | null
  created_at: Date
  updated_at: Date
  items: (Omit<OrderItem, 'price'> & { price_cents: number | null })[]
}

/** Of table `orders`, under this name. */
export const orderColumns = `
  orders.id, orders.reference, orders.customer, orders.request_id, orders.payment_token, orders.status, orders.reason,
  orders.email, orders.address, orders.total_cents, orders.created_at, orders.updated_at,
  (select json_agg(json_build_object('product_id', product_id, 'quantity', quantity, 'name', name, 'price_cents', price_cents)
                   order by product_id)
   from order_items where order_id = orders.id) as items`

/** Reads orders. What changes them is in checkout-store.ts. */
export function orderStore(database: Database) {
  async function findBy(name: string, condition: string, value: unknown): Promise<StoredOrder | undefined> {
    const text = `select ${orderColumns} from orders where ${condition}`
    const { rows } = await database.query<Row>({ name, text, values: [value] })
    return rows[0] && toOrder(rows[0])
  }

  return {
    find: (id: number) => findBy('find-order', 'id = $1', id),
    findByReference: (reference: string) => findBy('find-order-by-reference', 'reference = $1', reference),

    /** Up to `limit` of a customer's orders with ids below `before`, descending. */
    async listOf(customer: string, before: number, limit: number): Promise<StoredOrder[]> {
      const { rows } = await database.query<Row>({
        name: 'list-own-orders',
        text: `select ${orderColumns} from orders where customer = $1 and id < $2 order by id desc limit $3`,
        values: [customer, before, limit],
      })
      return rows.map(toOrder)
    },

    /** The same of everybody's. */
    async list(before: number, limit: number): Promise<StoredOrder[]> {
      const { rows } = await database.query<Row>({
        name: 'list-orders',
        text: `select ${orderColumns} from orders where id < $1 order by id desc limit $2`,
        values: [before, limit],
      })
      return rows.map(toOrder)
    },

    /** What happened to an order, oldest first. */
    async events(id: number): Promise<OrderEvent[]> {
      const { rows } = await database.query<Omit<OrderEvent, 'at'> & { at: Date }>({
        name: 'order-events',
        text: 'select status, reason, at from order_events where order_id = $1 order by at',
        values: [id],
      })
      return rows.map(({ at, ...event }) => ({ ...event, at: at.toISOString() }))
    },
  }
}

export function toOrder({
  items,
  total_cents,
  created_at,
  updated_at,
  request_id,
  payment_token,
  ...row
}: Row): StoredOrder {
  return {
    ...row,
    requestId: request_id,
    paymentToken: payment_token,
    items: items.map(({ price_cents, ...item }) => ({ ...item, price: fromCents(price_cents) })),
    total: fromCents(total_cents),
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  }
}

export function toCents(amount: number): number {
  return Math.round(amount * 100)
}

function fromCents(cents: number | null): number | null {
  return cents === null ? null : cents / 100
}
