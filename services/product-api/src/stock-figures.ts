import type { Figure } from '@secure-ecommerce/kit/figures'

const figures: Figure[] = [
  {
    name: 'stock_reservations',
    help: 'Reservations of the last 24 hours, and older ones that are held',
    by: { label: 'status', values: ['held', 'confirmed', 'released', 'refused'] },
  },
]

/** What becomes of stock. Of all reservations there ever were the count would take longer each day. */
export const stockFigures = {
  figures,
  text: `
    select 'stock_reservations' as figure, status as of, count(*) as value from reservations
    where created_at > now() - interval '24 hours' or status = 'held' group by status`,
}
