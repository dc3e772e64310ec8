import { contractRouter } from '@secure-ecommerce/kit/contract-router'
import { pageStart, toPage } from '@secure-ecommerce/kit/page'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { Router } from 'express'
import { type Order, orderContract, toNewOrder } from './order-contract.ts'
import type { StoredOrder } from './order-store.ts'
import { type Checkout, placeOrder } from './place-order.ts'

export function orderRoutes(checkout: Checkout): Router {
  return contractRouter(orderContract, {
    async listOrders({ query: { limit, cursor } }) {
      const found = await checkout.orders.list(pageStart(cursor, Number.MAX_SAFE_INTEGER), limit + 1)
      const { rows, nextCursor } = toPage(found, limit)
      return { orders: rows.map(toPublic), next_cursor: nextCursor }
    },

    async placeOrder({ headers, body }) {
      return toPublic(await placeOrder(checkout, headers['idempotency-key'], toNewOrder(body)))
    },

    async readOrder({ params: { id } }) {
      const order = await checkout.orders.find(id)
      if (!order) throw new ServiceError('not_found', `No order ${id}`)
      return toPublic(order)
    },
  })
}

function toPublic({ reference: _reference, requestHash: _requestHash, ...order }: StoredOrder): Order {
  return order
}
