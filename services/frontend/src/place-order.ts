import { setTimeout as wait } from 'node:timers/promises'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { NewOrder, Shop } from './shop-api.ts'

const attempts = 6
const pause = 250

/**
 * Places an order, or finds the one that the same key is placing already.
 *
 * The browser shows what the second click of a double click is answered, and the API answers that with a conflict while the
 * first is under way: its outcome is worth a moment's wait.
 */
export async function placeOrder(shop: Shop, order: NewOrder, idempotencyKey: string): ReturnType<Shop['placeOrder']> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await shop.placeOrder(order, idempotencyKey)
    } catch (error) {
      // The other conflict, stock that ran out, says nothing of coming back.
      const underWay = error instanceof ServiceError && error.code === 'conflict' && 'retry-after' in error.headers
      if (!underWay || attempt === attempts) throw error
      await wait(pause)
    }
  }
}
