import type { WantedItem } from './order-contract.ts'
import type { Shortage } from './stock-client.ts'

/** Milliseconds that a shortage is believed in. */
const memory = 1_000

/** Products remembered at most. */
const limit = 10_000

export type SoldOut = ReturnType<typeof soldOut>

/**
 * What was out of stock a moment ago. When a thousand people want what is gone, the second is told so without an order, a
 * reservation and two commits; units that come back are on sale a second later.
 */
export function soldOut(now: () => number = Date.now) {
  const shortages = new Map<number, { left: number; until: number }>()

  return {
    remember(found: Shortage[]): void {
      if (shortages.size + found.length > limit) shortages.clear()
      for (const { product_id, left } of found) shortages.set(product_id, { left, until: now() + memory })
    },

    /** Whether an order for these was refused if it were placed now. */
    isShort(items: WantedItem[]): boolean {
      return items.some(({ product_id, quantity }) => {
        const shortage = shortages.get(product_id)
        return shortage !== undefined && shortage.left < quantity && shortage.until > now()
      })
    },
  }
}
