import { contractRouter } from '@secure-ecommerce/kit/contract-router'
import { pageStart, toPage } from '@secure-ecommerce/kit/page'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { Router } from 'express'
import type { Checkout } from './advance-order.ts'
import { toPublic } from './answer.ts'
import type { KeyStore } from './key-store.ts'
import { orderContract, toNewOrder } from './order-contract.ts'
import { placeOrder } from './place-order.ts'

export function orderRoutes(checkout: Checkout & { keys: KeyStore }): Router {
  const { orders } = checkout
  return contractRouter(orderContract, {
    async listOrders({ query: { limit, cursor } }) {
      const found = await orders.list(pageStart(cursor, Number.MAX_SAFE_INTEGER), limit + 1)
      const { rows, nextCursor } = toPage(found, limit)
      return { orders: rows.map(toPublic), next_cursor: nextCursor }
    },

    placeOrder: ({ headers, body }) => placeOrder(checkout, headers['idempotency-key'], toNewOrder(body)),

    async readOrder({ params: { id } }) {
      const order = await orders.find(id)
      if (!order) throw new ServiceError('not_found', `No order ${id}`)
      return { ...toPublic(order), events: await orders.events(id) }
    },
  })
}
