import type { Database } from '@secure-ecommerce/kit/database'

export type OutboxStore = ReturnType<typeof outboxStore>

export type Message = {
  id: number
  order_id: number
  message: 'confirm_stock' | 'release_stock' | 'refund_payment'
  reference: string
  request_id: string
}

export function outboxStore(database: Database) {
  return {
    /** Claims up to `limit` messages for two seconds: time to deliver them, and to be tried again should that fail. */
    async claimDue(limit: number): Promise<Message[]> {
      const { rows } = await database.query<Message>({
        name: 'claim-messages',
        text: `update outbox set due_at = now() + interval '2 seconds' from orders
               where orders.id = order_id and outbox.id in (
                 select id from outbox where due_at <= now() order by due_at limit $1 for update skip locked)
               returning outbox.id, order_id, message, reference, request_id`,
        values: [limit],
      })
      return rows
    },

    /** The goods of these orders have gone out. */
    async fulfil(messages: Message[]): Promise<void> {
      await database.query({
        name: 'fulfil-orders',
        text: `with fulfilled as (
                 update orders set status = 'fulfilled', updated_at = now() where id = any($1) and status = 'paid')
               delete from outbox where id = any($2)`,
        values: [messages.map(({ order_id }) => order_id), messages.map(({ id }) => id)],
      })
    },

    /** The goods of these orders are gone: the money goes back. */
    async refundInstead(messages: Message[]): Promise<void> {
      await database.query({
        name: 'refund-instead',
        text: `update outbox set message = 'refund_payment', due_at = now() where id = any($1)`,
        values: [messages.map(({ id }) => id)],
      })
    },

    async refunded({ id, order_id }: Message, reason: string): Promise<void> {
      await database.query({
        name: 'refund-order',
        text: `with refunded as (
                 update orders set status = 'refunded', reason = $3, updated_at = now() where id = $1 and status = 'paid')
               delete from outbox where id = $2`,
        values: [order_id, id, reason],
      })
    },

    async delivered(messages: Message[]): Promise<void> {
      await database.query({
        name: 'delivered',
        text: 'delete from outbox where id = any($1)',
        values: [messages.map(({ id }) => id)],
      })
    },
  }
}
