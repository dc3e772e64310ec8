import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Secret } from '@secure-ecommerce/kit/secret'

/** How a key looks: 128 bits in base64url. */
export const linkKeyPattern = /^[A-Za-z0-9_-]{22}$/

export type OrderLinks = ReturnType<typeof orderLinks>

/**
 * The keys by which guests follow their orders. Each is derived from its order's reference, so that none is stored anywhere, and
 * a repeated request is told the same one.
 */
export function orderLinks(secret: Secret) {
  const keyOf = (reference: string) =>
    createHmac('sha256', secret.reveal())
      .update(`order-link ${reference}`)
      .digest()
      .subarray(0, 16)
      .toString('base64url')

  return {
    /** Where the order can be read, by whoever knows this. */
    pathTo: (id: number, reference: string) => `/api/orders/${id}?key=${keyOf(reference)}`,

    fits: (reference: string, key: string) =>
      linkKeyPattern.test(key) && timingSafeEqual(Buffer.from(keyOf(reference)), Buffer.from(key)),
  }
}
