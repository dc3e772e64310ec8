import type { Client } from '@secure-ecommerce/kit/client'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { BasketEntry } from './basket-cookie.ts'
import type { CatalogueQuery } from './catalogue-path.ts'
import type { Order, Product, ProductPage } from './shop-types.ts'

export type ShopApi = ReturnType<typeof shopApi>

export type NewOrder = { entries: BasketEntry[]; email: string; address: string; paymentToken: string }

/** The shop's API behind the gateway, as far as the pages need it. */
export function shopApi(gateway: Client) {
  return {
    async ping(): Promise<void> {
      await gateway.request({ method: 'GET', path: '/health' })
    },

    listProducts({ category, q, cursor }: CatalogueQuery, limit: number): Promise<ProductPage> {
      const query = new URLSearchParams({
        limit: String(limit),
        ...(category && { category }),
        ...(q && { q }),
        ...(cursor && { cursor }),
      })
      return gateway.request<ProductPage>({ method: 'GET', path: `/api/products?${query}` })
    },

    findProduct: (id: number) => orNull(gateway.request<Product>({ method: 'GET', path: `/api/products/${id}` })),

    findOrder: (id: number) => orNull(gateway.request<Order>({ method: 'GET', path: `/api/orders/${id}` })),

    /** Sending the same key again returns the first order instead of making a second. */
    placeOrder({ entries, email, address, paymentToken }: NewOrder, idempotencyKey: string): Promise<Order> {
      return gateway.request<Order>({
        method: 'POST',
        path: '/api/orders',
        headers: { 'idempotency-key': idempotencyKey },
        body: {
          items: entries.map(({ id, quantity }) => ({ product_id: id, quantity })),
          email,
          address,
          payment_token: paymentToken,
        },
      })
    },
  }
}

async function orNull<Body>(answer: Promise<Body>): Promise<Body | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'not_found') return null
    throw error
  }
}
