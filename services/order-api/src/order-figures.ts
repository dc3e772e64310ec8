import type { Figure } from '@secure-ecommerce/kit/figures'
import { orderStatuses } from './order-status.ts'

const figures: Figure[] = [
  {
    name: 'orders',
    help: 'Orders of the last 24 hours, and older ones that are not decided',
    by: { label: 'status', values: orderStatuses },
  },
  { name: 'order_outbox_waiting', help: 'Messages that a neighbour has not heard yet' },
  { name: 'order_outbox_oldest_seconds', help: 'For how long the oldest of these has been waiting' },
]

/** How checkout goes. Of all orders there ever were the count would take longer each day. */
export const orderFigures = {
  figures,
  text: `
    select 'orders' as figure, status as of, count(*) as value from orders
    where created_at > now() - interval '24 hours' or due_at is not null group by status
    union all
    select 'order_outbox_waiting', null, count(*) from outbox
    union all
    select 'order_outbox_oldest_seconds', null, extract(epoch from now() - min(written_at))::float8 from outbox
    having count(*) > 0`,
}
