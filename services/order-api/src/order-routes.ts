import { acting } from '@secure-ecommerce/kit/acting'
import type { Caller } from '@secure-ecommerce/kit/caller'
import { Answer } from '@secure-ecommerce/kit/contract'
import { contractRouter, type Handlers } from '@secure-ecommerce/kit/contract-router'
import type { Identify } from '@secure-ecommerce/kit/identify'
import { pageStart, toPage } from '@secure-ecommerce/kit/page'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { Router } from 'express'
import type { Checkout } from './advance-order.ts'
import { toPublic } from './answer.ts'
import type { KeyStore } from './key-store.ts'
import { orderContract, toNewOrder } from './order-contract.ts'
import type { OrderLinks } from './order-links.ts'
import type { StoredOrder } from './order-store.ts'
import type { OutboxStore } from './outbox-store.ts'
import { placeOrder } from './place-order.ts'
import { refundOrder } from './refund-order.ts'

type Ordering = Checkout & { keys: KeyStore; links: OrderLinks; outbox: OutboxStore }

export function orderRoutes(ordering: Ordering, identify: Identify): Router {
  const { orders, links } = ordering

  const handlers: Handlers<typeof orderContract> = {
    async listOrders({ caller, query: { limit, cursor } }) {
      const before = pageStart(cursor, Number.MAX_SAFE_INTEGER)
      const found = seesAll(caller)
        ? await orders.list(before, limit + 1)
        : await orders.listOf(caller.id, before, limit + 1)
      const { rows, nextCursor } = toPage(found, limit)
      return { orders: rows.map(toPublic), next_cursor: nextCursor }
    },

    placeOrder: ({ caller, headers, body }) =>
      placeOrder(ordering, caller, headers['idempotency-key'], toNewOrder(body)),

    async readOrder({ caller, params: { id }, query: { key } }) {
      const order = await orders.find(id)
      // To who may not see an order there is none.
      if (!order || !(seesAll(caller) || isOwn(order, caller) || hasLink(order, key))) {
        throw new ServiceError('not_found', `No order ${id}`)
      }
      return withEvents(order)
    },

    async refundOrder({ caller, params: { id } }) {
      const order = await refundOrder(ordering, id, acting(caller))
      const told = await withEvents(order)
      return order.status === 'refunded' ? told : new Answer(202, JSON.stringify(told))
    },
  }

  async function withEvents(order: StoredOrder) {
    return { ...toPublic(order), events: await orders.events(order.id) }
  }

  function hasLink({ reference }: StoredOrder, key: string | undefined): boolean {
    return key !== undefined && links.fits(reference, key)
  }

  return contractRouter(orderContract, handlers, identify)
}

function seesAll({ role }: Caller): boolean {
  return role === 'staff' || role === 'admin'
}

/** A guest has no orders: what a guest placed is anybody's, who knows its link. */
function isOwn({ customer }: StoredOrder, { id, role }: Caller): boolean {
  return role !== 'guest' && customer === id
}
