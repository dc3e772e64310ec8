import type { Acted } from '@secure-ecommerce/kit/acting'
import { crashPoint } from '@secure-ecommerce/kit/crash-point'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { OrderStore, StoredOrder } from './order-store.ts'
import type { Message, OutboxStore } from './outbox-store.ts'
import type { PaymentClient } from './payment-client.ts'

type Refunding = { outbox: OutboxStore; payments: PaymentClient }

/**
 * Refunds an order as a whole because somebody of the shop wants it. Once that is written down it will be, by this request or by
 * the relay, and payment-api refunds each payment once.
 *
 * @returns the order as it is then, refunded or not yet: a paid one has to be fulfilled first, for nobody knows before whether its
 * goods were still there
 * @throws ServiceError `conflict` where there is nothing to refund
 */
export async function refundOrder(
  { orders, ...refunding }: Refunding & { orders: OrderStore },
  id: number,
  acted: Acted,
): Promise<StoredOrder> {
  const asked = await refunding.outbox.requestRefund(id, acted)
  await crashPoint('after-refund-request-before-refund')
  if (asked?.status === 'fulfilled') await deliverRefund(refunding, asked).catch(leaveToRelay)
  const order = await orders.find(id)
  if (!order) throw new ServiceError('not_found', `No order ${id}`)
  if (asked || order.status === 'refunded') return order
  throw new ServiceError('conflict', `There is nothing to refund: the order is ${order.status}`)
}

/** Has the money given back, and ends the order once that is certain; before, the message stays due. */
export async function deliverRefund({ outbox, payments }: Refunding, message: Message): Promise<void> {
  const { status } = await payments.refund(message.reference)
  await crashPoint('after-refund-before-delivered')
  if (status === 'refunded') await outbox.refunded(message)
}

function leaveToRelay(error: unknown): void {
  if (!(error instanceof ServiceError)) throw error
}
