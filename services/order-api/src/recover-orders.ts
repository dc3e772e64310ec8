import type { Logger } from '@secure-ecommerce/kit/log'
import { contextFrom, runInContext } from '@secure-ecommerce/kit/request-context'
import { createDueWorker, type Worker } from '@secure-ecommerce/kit/worker'
import { advanceOrder, type Checkout } from './advance-order.ts'
import type { StoredOrder } from './order-store.ts'

/**
 * Takes up orders that nobody works on any more, because a process died, a neighbour was away or an answer was lost. A request's
 * own order becomes due three seconds after its last step.
 */
export function recoverOrders(checkout: Checkout, log: Logger): Worker {
  async function recover(order: StoredOrder): Promise<void> {
    const { status } = await advanceOrder(checkout, order)
    if (status !== order.status) log.info({ order: order.id, from: order.status, to: status }, 'order recovered')
  }

  return createDueWorker({
    ...{ name: 'recover-orders', log, every: 500, limit: 50 },
    claim: checkout.changes.claimDue,
    handle: (order) => runInContext(contextFrom({ 'x-request-id': order.requestId }), () => recover(order)),
  })
}
