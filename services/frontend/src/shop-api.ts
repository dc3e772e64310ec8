import type { Client } from '@secure-ecommerce/kit/client'
import { type ErrorCode, ServiceError } from '@secure-ecommerce/kit/service-error'
import type { BasketEntry } from './basket-cookie.ts'
import type { CatalogueQuery } from './catalogue-path.ts'
import type { Session } from './session.ts'
import type {
  Account,
  Order,
  OrderPage,
  OrderWithEvents,
  Product,
  ProductFields,
  ProductPage,
  Tokens,
} from './shop-types.ts'

export type ShopApi = ReturnType<typeof shopApi>
export type Shop = ReturnType<ShopApi['as']>

export type NewOrder = { entries: BasketEntry[]; email: string; address: string; paymentToken: string }
export type Credentials = { email: string; password: string }

type Request = Parameters<Client['request']>[0]

/** The shop's API behind the gateway, as far as the pages need it. */
export function shopApi(gateway: Client) {
  return {
    async ping(): Promise<void> {
      await gateway.request({ method: 'GET', path: '/health' })
    },

    /** Whom the shop takes somebody without credentials for: nobody, but in the demo. */
    guest: () => orNull('unauthenticated', gateway.request<Account>({ method: 'GET', path: '/api/auth/me' })),

    /** @param address where the visitor comes from: what limits guesses at passwords must not take all for the storefront's */
    as: (address: string, session?: Pick<Session, 'accessToken' | 'renew'>) => shopFor(gateway, address, session),
  }
}

function shopFor(gateway: Client, address: string, session?: Pick<Session, 'accessToken' | 'renew'>) {
  function ask<Body>({ headers, ...request }: Request): Promise<Body> {
    return gateway.request<Body>({ ...request, headers: { 'x-forwarded-for': address, ...headers } })
  }

  /** As whoever is signed in. A token that is not good any more is replaced once: a request that was refused for it did nothing. */
  async function askAsMe<Body>(request: Request): Promise<Body> {
    const send = () => {
      const token = session?.accessToken
      return ask<Body>({
        ...request,
        headers: { ...request.headers, ...(token && { authorization: `Bearer ${token}` }) },
      })
    }
    try {
      return await send()
    } catch (error) {
      const renewed = is('unauthenticated', error) && (await session?.renew())
      if (!renewed) throw error
      return send()
    }
  }

  return {
    listProducts({ category, q, cursor }: CatalogueQuery, limit: number): Promise<ProductPage> {
      const query = new URLSearchParams({
        limit: String(limit),
        ...(category && { category }),
        ...(q && { q }),
        ...(cursor && { cursor }),
      })
      return ask<ProductPage>({ method: 'GET', path: `/api/products?${query}` })
    },

    findProduct: (id: number) => orNull('not_found', ask<Product>({ method: 'GET', path: `/api/products/${id}` })),

    createProduct: (body: ProductFields) => askAsMe<Product>({ method: 'POST', path: '/api/products', body }),

    changeProduct: (id: number, body: Partial<ProductFields>) =>
      askAsMe<Product>({ method: 'PATCH', path: `/api/products/${id}`, body }),

    deleteProduct: (id: number) => askAsMe<void>({ method: 'DELETE', path: `/api/products/${id}` }),

    /** Their own; to staff everybody's. */
    listOrders(cursor: string | undefined, limit: number): Promise<OrderPage> {
      const query = new URLSearchParams({ limit: String(limit), ...(cursor && { cursor }) })
      return askAsMe<OrderPage>({ method: 'GET', path: `/api/orders?${query}` })
    },

    /** @param key from the link that a guest was given */
    findOrder(id: number, key?: string): Promise<OrderWithEvents | null> {
      const query = key === undefined ? '' : `?key=${key}`
      return orNull('not_found', askAsMe<OrderWithEvents>({ method: 'GET', path: `/api/orders/${id}${query}` }))
    },

    /**
     * Sending the same key again returns the first order instead of making a second. A guest is told by `follow` where to read it.
     */
    placeOrder({ entries, email, address, paymentToken }: NewOrder, idempotencyKey: string) {
      return askAsMe<Order & { follow?: string }>({
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

    refundOrder: (id: number) => askAsMe<OrderWithEvents>({ method: 'POST', path: `/api/orders/${id}/refund` }),

    register: (body: Credentials & { name: string }) =>
      ask<Account>({ method: 'POST', path: '/api/auth/register', body }),

    signIn: (body: Credentials) => ask<Tokens>({ method: 'POST', path: '/api/auth/login', body }),

    refresh: (token: string) =>
      ask<Tokens>({ method: 'POST', path: '/api/auth/refresh', body: { refresh_token: token } }),

    signOut: (token: string) => ask<void>({ method: 'POST', path: '/api/auth/logout', body: { refresh_token: token } }),

    readAccount: () => askAsMe<Account>({ method: 'GET', path: '/api/auth/me' }),
  }
}

async function orNull<Body>(code: ErrorCode, answer: Promise<Body>): Promise<Body | null> {
  try {
    return await answer
  } catch (error) {
    if (is(code, error)) return null
    throw error
  }
}

function is(code: ErrorCode, error: unknown): boolean {
  return error instanceof ServiceError && error.code === code
}
