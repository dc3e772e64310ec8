import type { MixedRequest } from './wrk.ts'

const csrf = 'AAAAAAAAAAAAAAAAAAAAAA'
const visitor = { cookie: `basket=1-2.3-1; __Host-csrf=${csrf}` }
const json = { method: 'POST', type: 'application/json' } as const
const form = { method: 'POST', type: 'application/x-www-form-urlencoded', ...visitor } as const

const address = "Nuala O'Brien\\n12 St. Stephen's Green (rear), Flat 4b\\nDublin 2, D02 XY45; Ireland"

/** Of a hundred requests to a shop, what they are: mostly reads, some searches, a few baskets, and now and then somebody buys. */
export function shopMix(products: number[], onSale: number): MixedRequest[] {
  const any = (n: number) => products[(n * 7) % products.length] ?? onSale
  const parts: { times: number; of: (n: number) => MixedRequest }[] = [
    { times: 34, of: (n) => ({ method: 'GET', path: `/api/products/${any(n)}` }) },
    { times: 18, of: () => ({ method: 'GET', path: '/api/products?limit=20' }) },
    { times: 8, of: () => ({ method: 'GET', path: '/api/products?q=lamp' }) },
    { times: 4, of: () => ({ method: 'GET', path: '/api/products?q=children%27s%20desk%20lamp' }) },
    { times: 8, of: () => ({ method: 'GET', path: '/', ...visitor }) },
    { times: 9, of: (n) => ({ method: 'GET', path: `/products/${any(n)}`, ...visitor }) },
    { times: 5, of: () => ({ method: 'GET', path: '/category/books', ...visitor }) },
    { times: 3, of: () => ({ method: 'GET', path: '/basket', ...visitor }) },
    { times: 6, of: (n) => ({ ...form, path: '/basket/items', body: `csrf=${csrf}&product_id=${any(n)}&quantity=1` }) },
    { times: 3, of: () => ({ ...json, path: '/api/orders', body: `{"product_id":${onSale},"quantity":1}` }) },
    {
      times: 2,
      of: () => ({
        ...{ ...json, path: '/api/orders' },
        body: `{"items":[{"product_id":${onSale},"quantity":1}],"email":"nuala.obrien@example.com","address":"${address}"}`,
      }),
    },
  ]
  return parts.flatMap(({ times, of }) => Array.from({ length: times }, (_, n) => of(n)))
}
