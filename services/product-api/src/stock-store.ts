import type { Database } from '@secure-ecommerce/kit/database'
import { grouped } from '@secure-ecommerce/kit/grouped'
import type { Confirmation, Decision, ReservedItem, Shortage, Wanted } from './stock-contract.ts'

type Row = { order_reference: string } & (
  | { status: 'held' | 'confirmed'; items: ReservedItem[] }
  | { status: 'refused'; reason: 'out_of_stock' | 'no_such_product'; shortages: Shortage[] | null }
  | { status: 'released' }
)

export type StockStore = ReturnType<typeof stockStore>

/** @param reservationMinutes how long stock is held for an order that is not confirmed */
export function stockStore(database: Database, reservationMinutes: number) {
  return {
    /** Orders that come at the same time are decided together: a product that all of them want is then written once. */
    reserve: grouped(async (orders: Wanted[]): Promise<Decision[]> => {
      const once = new Map(orders.map((order) => [order.reference, order]))
      const lines = [...once.values()].flatMap(({ reference, items }) => items.map((item) => ({ reference, ...item })))
      const references = lines.map((line) => line.reference)
      const products = lines.map((line) => line.product_id)

      await database.query({
        name: 'release-expired',
        text: 'select release_expired($1, $2)',
        values: [references, products],
      })
      const { rows } = await database.query<Row>({
        name: 'reserve-stock',
        text: 'select order_reference, status, reason, shortages, items from reserve_stock($1, $2, $3, $4)',
        values: [references, products, lines.map((line) => line.quantity), reservationMinutes],
      })
      const decisions = new Map(rows.map((row) => [row.order_reference, toDecision(row)]))
      return orders.map(({ reference }) => decisions.get(reference) as Decision)
    }),

    async confirm(references: string[]): Promise<Confirmation> {
      const { rows } = await database.query<{ reference: string }>({
        name: 'confirm-stock',
        text: 'select reference from confirm_stock($1) as reference',
        values: [references],
      })
      const confirmed = new Set(rows.map(({ reference }) => reference))
      return { confirmed: [...confirmed], lapsed: references.filter((reference) => !confirmed.has(reference)) }
    },

    async release(references: string[]): Promise<void> {
      await database.query({ name: 'release-stock', text: 'select release_stock($1)', values: [references] })
    },
  }
}

function toDecision(row: Row): Decision {
  switch (row.status) {
    case 'held':
    case 'confirmed':
      return { outcome: 'reserved', items: row.items }
    case 'refused':
      return { outcome: 'refused', reason: row.reason, shortages: row.shortages ?? [] }
    case 'released':
      return { outcome: 'refused', reason: 'released', shortages: [] }
  }
}
