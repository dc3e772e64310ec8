/** What a customer put aside: product ids with quantities, and nothing else. */
export type BasketEntry = { id: number; quantity: number }

/** Each entry costs a read of its product when the basket is shown. */
export const maxEntries = 20
export const maxQuantity = 99

export const basketCookie = 'basket'

const entryPattern = /^([1-9]\d{0,14})-([1-9]\d?)$/

/**
 * Reads the basket from a Cookie header. Whatever is malformed, repeated or beyond the limits is left out: the cookie comes
 * from outside, and a broken one must cost its owner an entry, not the page.
 */
export function readBasket(cookieHeader: string | undefined): BasketEntry[] {
  const value = /(?:^|;\s*)basket=([^;\s]{1,400})(?:;|$)/.exec(cookieHeader ?? '')?.[1] ?? ''
  const quantities = new Map<number, number>()
  for (const text of value.split('.')) {
    const [, id, quantity] = entryPattern.exec(text) ?? []
    if (id && quantity && !quantities.has(Number(id)) && quantities.size < maxEntries) {
      quantities.set(Number(id), Number(quantity))
    }
  }
  return [...quantities].map(([id, quantity]) => ({ id, quantity }))
}

/** The cookie's value, made only of characters that a cookie may hold unescaped. */
export function formatBasket(entries: BasketEntry[]): string {
  return entries.map(({ id, quantity }) => `${id}-${quantity}`).join('.')
}

/** The basket with more of a product, up to the limits; null when it holds as many products as it can. */
export function addToBasket(entries: BasketEntry[], id: number, quantity: number): BasketEntry[] | null {
  const present = entries.find((entry) => entry.id === id)
  if (present) return setQuantity(entries, id, present.quantity + quantity)
  return entries.length < maxEntries ? [...entries, { id, quantity: Math.min(quantity, maxQuantity) }] : null
}

/** The basket with exactly this many of a product that is in it; 0 removes it. */
export function setQuantity(entries: BasketEntry[], id: number, quantity: number): BasketEntry[] {
  const bounded = Math.min(quantity, maxQuantity)
  return entries
    .map((entry) => (entry.id === id ? { id, quantity: bounded } : entry))
    .filter((entry) => entry.quantity > 0)
}

export function countItems(entries: BasketEntry[]): number {
  return entries.reduce((count, { quantity }) => count + quantity, 0)
}
