import { crashPoint } from '@secure-ecommerce/kit/crash-point'
import type { Logger } from '@secure-ecommerce/kit/log'
import { contextFrom, runInContext } from '@secure-ecommerce/kit/request-context'
import { createWorker, type Worker } from '@secure-ecommerce/kit/worker'
import type { Message, OutboxStore } from './outbox-store.ts'
import type { PaymentClient } from './payment-client.ts'
import { deliverRefund } from './refund-order.ts'
import type { StockClient } from './stock-client.ts'

type Neighbours = { outbox: OutboxStore; stock: StockClient; payments: PaymentClient }

/** Messages delivered at a time; product-api takes as many in one request. */
const limit = 100

/**
 * Tells the neighbours what the outbox holds for them, at least once: a message goes when it was heard, and each neighbour does
 * what it was told before only once.
 */
export function relayMessages(neighbours: Neighbours, log: Logger): Worker {
  return createWorker({ name: 'relay-messages', log, every: 200, run: () => deliverMessages(neighbours, log) })
}

/** Delivers what is due. @returns whether there may be more at once */
export async function deliverMessages({ outbox, stock, payments }: Neighbours, log: Logger): Promise<boolean> {
  async function confirm(messages: Message[]): Promise<void> {
    const { lapsed } = await stock.confirm(references(messages))
    await crashPoint('after-confirm-before-fulfilled')
    const gone = new Set(lapsed)
    const [lost, kept] = [
      messages.filter(({ reference }) => gone.has(reference)),
      messages.filter(({ reference }) => !gone.has(reference)),
    ]
    if (kept.length > 0) await outbox.fulfil(kept)
    if (lost.length > 0) {
      log.warn({ orders: lost.map(({ order_id }) => order_id) }, 'paid after its goods were gone: refunding')
      await outbox.refundInstead(lost)
    }
  }

  async function release(messages: Message[]): Promise<void> {
    await stock.release(references(messages))
    await crashPoint('after-release-before-delivered')
    await outbox.delivered(messages)
  }

  const due = await outbox.claimDue(limit)
  const about = (kind: Message['message']) => due.filter(({ message }) => message === kind)
  const [confirms, releases, refunds] = [about('confirm_stock'), about('release_stock'), about('refund_payment')]
  const results = await Promise.allSettled([
    confirms.length > 0 && confirm(confirms),
    releases.length > 0 && release(releases),
    ...refunds.map((message) =>
      runInContext(contextFrom({ 'x-request-id': message.request_id }), () =>
        deliverRefund({ outbox, payments }, message),
      ),
    ),
  ])
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
  return due.length === limit
}

function references(messages: Message[]): string[] {
  return messages.map(({ reference }) => reference)
}
