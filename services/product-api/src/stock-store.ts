import type { Database } from '@secure-ecommerce/kit/database'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { ReservedItem, WantedItem } from './stock-contract.ts'

export type StockStore = ReturnType<typeof stockStore>

/** SQLSTATEs that `reserve_stock` raises. */
const failures = { SR001: 'unprocessable', SR002: 'conflict' } as const

export function stockStore(database: Database) {
  return {
    /** Idempotent by `reference`. Throws `unprocessable` for an unknown product, `conflict` where stock is short; nothing is taken then. */
    async reserve(reference: string, items: WantedItem[]): Promise<ReservedItem[]> {
      try {
        const { rows } = await database.query<ReservedItem>({
          name: 'reserve-stock',
          text: 'select product_id, name, price_cents, quantity from reserve_stock($1, $2, $3)',
          values: [reference, items.map((item) => item.product_id), items.map((item) => item.quantity)],
        })
        return rows
      } catch (error) {
        const { code, message } = error as Error & { code?: string }
        if (code !== 'SR001' && code !== 'SR002') throw error
        const summary = code === 'SR001' ? 'No such product' : 'Not enough stock'
        throw new ServiceError(failures[code], summary, { details: [message] })
      }
    },

    /** Idempotent by `reference`. */
    async release(reference: string): Promise<void> {
      await database.query({ name: 'release-stock', text: 'select release_stock($1)', values: [reference] })
    },
  }
}
