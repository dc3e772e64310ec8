import { eventually } from '../stack.ts'
import { type Select, select as selectHere } from './psql.ts'

/** Nothing is under way any more, in any of the three databases. @returns milliseconds until it was so */
export async function quiet(seconds: number, select: Select = selectHere): Promise<number> {
  const began = Date.now()
  await eventually(seconds, async () => {
    const [orders] = await select<object>(
      'order-db',
      `select (select count(*) from orders where status in ('pending', 'reserved', 'paid')) as orders,
              (select count(*) from outbox) as messages`,
    )
    const [payments] = await select<object>(
      'payment-db',
      `select (select count(*) from payments where due_at is not null) as payments,
              (select count(*) from webhook_deliveries) as webhooks`,
    )
    const [stock] = await select<object>(
      'product-db',
      `select count(*) as reservations from reservations where status = 'held'`,
    )
    const left = { ...orders, ...payments, ...stock }
    if (Object.values(left).some((count) => count !== 0)) throw new Error(`still under way: ${JSON.stringify(left)}`)
    return true
  })
  return Date.now() - began
}
