import type { Acted } from '@secure-ecommerce/kit/acting'
import type { Database } from '@secure-ecommerce/kit/database'
import type { OrderStatus } from './order-status.ts'

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
    /**
     * Claims up to `limit` messages for two seconds: time to deliver them, and to be tried again should that fail. What an order's
     * refund means for its goods is known only once its confirmation is heard, so it comes after that.
     */
    async claimDue(limit: number): Promise<Message[]> {
      const { rows } = await database.query<Message>({
        name: 'claim-messages',
        text: `update outbox set due_at = now() + interval '2 seconds' from orders
               where orders.id = order_id and outbox.id in (
                 select id from outbox due where due_at <= now() and not (message = 'refund_payment' and exists (
                   select from outbox first where first.order_id = due.order_id and first.message = 'confirm_stock'))
                 order by due_at limit $1 for update skip locked)
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
        text: `with gone as (delete from outbox where id = any($1) returning order_id)
               insert into outbox (order_id, message) select order_id, 'refund_payment' from gone
               on conflict (order_id) where message = 'refund_payment' do nothing`,
        values: [messages.map(({ id }) => id)],
      })
    },

    /**
     * Writes down that the shop wants to refund an order, and claims the message of it for two seconds. Asked again, it is the
     * same message.
     *
     * @returns nothing where the order is not paid, or refunded already
     */
    async requestRefund(orderId: number, acted: Acted): Promise<(Message & { status: OrderStatus }) | undefined> {
      const { rows } = await database.query<Message & { status: OrderStatus }>({
        name: 'request-refund',
        text: `with asked as (
                 select id, reference, request_id, status from orders
                 where id = $1 and status in ('paid', 'fulfilled') for no key update),
               told as (
                 insert into outbox as known (order_id, message, due_at)
                 select id, 'refund_payment', now() + interval '2 seconds' from asked
                 on conflict (order_id) where message = 'refund_payment' do update set due_at = excluded.due_at
                 returning known.id, order_id, message,
                   write_audit_entry($2, 'order.refund_requested', 'order', order_id::text, '{}'))
               select told.id, order_id, message, reference, request_id, status from told join asked on asked.id = order_id`,
        values: [orderId, acted],
      })
      return rows[0]
    },

    /** The money is back: because the goods were gone, or, where they had gone out, because the shop wanted it. */
    async refunded({ id, order_id }: Message): Promise<void> {
      await database.query({
        name: 'refund-order',
        text: `with refunded as (
                 update orders set status = 'refunded', updated_at = now(),
                   reason = case status when 'paid' then 'goods_gone' else 'refunded_by_shop' end
                 where id = $1 and status in ('paid', 'fulfilled'))
               delete from outbox where id = $2`,
        values: [order_id, id],
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
