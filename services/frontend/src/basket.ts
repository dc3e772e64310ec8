import type { BasketEntry } from './basket-cookie.ts'
import { sumEuros } from './money.ts'
import type { Product } from './shop-types.ts'

/** A basket entry with its product, and what stands in the way of ordering it. */
export type BasketLine = { product: Product; quantity: number; problem: string | null }

export type Basket = {
  lines: BasketLine[]
  total: number
  /** Entries whose product the shop no longer has at all. */
  gone: number[]
}

/** Joins what the cookie remembers with what the shop has now. `find` answers null for a product that no longer exists. */
export async function loadBasket(
  entries: BasketEntry[],
  find: (id: number) => Promise<Product | null>,
): Promise<Basket> {
  const products = await Promise.all(entries.map(({ id }) => find(id)))
  const lines = entries.flatMap(({ quantity }, i) => {
    const product = products[i]
    return product ? [{ product, quantity, problem: problemWith(product, quantity) }] : []
  })
  return {
    lines,
    total: sumEuros(lines.map(({ product, quantity }) => product.price * quantity)),
    gone: entries.filter((_, i) => !products[i]).map(({ id }) => id),
  }
}

export function isOrderable({ lines }: Basket): boolean {
  return lines.length > 0 && lines.every(({ problem }) => problem === null)
}

function problemWith({ stock }: Product, quantity: number): string | null {
  if (stock === 0) return 'Sold out meanwhile. Remove it to order the rest.'
  if (stock < quantity) return `Only ${stock} left. Lower the quantity to order.`
  return null
}
