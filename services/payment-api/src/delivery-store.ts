import type { Database } from '@secure-ecommerce/kit/database'

export type Delivery = { id: string; body: string }

export type DeliveryStore = ReturnType<typeof deliveryStore>

/** Events that order-api has not acknowledged. @param lease milliseconds, longer than an attempt takes */
export function deliveryStore(database: Database, lease: number) {
  return {
    /** Takes up what is due and nobody else is delivering. */
    async takeDue(limit: number): Promise<Delivery[]> {
      const { rows } = await database.query<Delivery>({
        name: 'take-due-deliveries',
        text: `update webhook_deliveries set due_at = now() + $2 * interval '1 ms', attempts = attempts + 1
               where id in (select id from webhook_deliveries where due_at <= now() order by due_at limit $1 for update skip locked)
               returning id, body`,
        values: [limit, lease],
      })
      return rows
    },

    async acknowledged(id: string): Promise<void> {
      await database.query({
        name: 'delete-delivery',
        text: 'delete from webhook_deliveries where id = $1',
        values: [id],
      })
    },

    async postpone(id: string): Promise<void> {
      await database.query({
        name: 'postpone-delivery',
        // Frequent for the first five minutes, while somebody may be waiting.
        text: `update webhook_deliveries
               set due_at = now() + backoff(attempts,
                 case when created_at > now() - interval '5 min' then interval '2 s' else interval '1 min' end)
               where id = $1`,
        values: [id],
      })
    },
  }
}
