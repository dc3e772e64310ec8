import type { Order } from './shop-types.ts'

/** Where the page of an order is; for a guest the address alone lets them in, for it holds the key of `follow`. */
export function orderPath({ id, follow }: Pick<Order, 'id'> & { follow?: string }): string {
  const key = linkKey(new URLSearchParams(follow?.split('?')[1]).get('key'))
  return key === undefined ? `/orders/${id}` : `/orders/${id}?key=${key}`
}

/** The key in an order's address. What cannot be one is none. */
export function linkKey(text: unknown): string | undefined {
  return typeof text === 'string' && /^[A-Za-z0-9_-]{22}$/.test(text) ? text : undefined
}
