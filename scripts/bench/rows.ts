import type { Addresses } from './addresses.ts'
import type { Handler } from './direct.ts'
import type { Way } from './ways.ts'
import type { Requests } from './wrk.ts'

export const rowNames = ['list', 'product', 'order', 'page'] as const
export type RowName = (typeof rowNames)[number]

/** What is measured in one row: the ways in, of which the first is the one that visitors take, and who handles it in the end. */
export type Row = { name: RowName; title: string; requests: Requests; ways: Way[]; handler: Handler }

type Catalogue = { onSale: number[]; forOrders: number[] }

export function benchRows(addresses: Addresses, { onSale, forOrders }: Catalogue): Record<RowName, Row> {
  const published = { name: 'nginx, published port', url: addresses.published }
  const nginx = { name: 'nginx, container address', url: addresses.nginx }

  return {
    list: {
      name: 'list',
      title: 'product list',
      requests: { method: 'GET', paths: ['/api/products'] },
      ways: [published],
      handler: 'product-api',
    },
    product: {
      name: 'product',
      title: 'product by id',
      requests: { method: 'GET', paths: onSale.map((id) => `/api/products/${id}`) },
      ways: [published, nginx],
      handler: 'product-api',
    },
    order: {
      name: 'order',
      title: 'order creation',
      requests: {
        method: 'POST',
        path: '/api/orders',
        bodies: forOrders.map((id) => JSON.stringify({ product_id: id, quantity: 1 })),
      },
      ways: [published],
      handler: 'order-api',
    },
    page: {
      name: 'page',
      title: 'storefront page',
      requests: { method: 'GET', paths: ['/'] },
      ways: [published],
      handler: 'frontend',
    },
  }
}
