import { Answer } from '@secure-ecommerce/kit/contract'
import { errorBody } from '@secure-ecommerce/kit/error-handler'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { Order } from './order-contract.ts'
import type { OrderLinks } from './order-links.ts'
import type { StoredOrder } from './order-store.ts'

export function toPublic({
  reference: _reference,
  customer: _customer,
  requestId: _requestId,
  paymentToken: _token,
  ...order
}: StoredOrder): Order {
  return order
}

/** What the customer who placed an order is told, by what became of it. */
export function answerTo(order: StoredOrder): Answer {
  const { status, requestId } = order
  if (status === 'rejected' || status === 'cancelled') {
    const refusal = refusalFor(order)
    return new Answer(refusal.status, JSON.stringify(errorBody(refusal, requestId)))
  }
  const open = status === 'pending' || status === 'reserved'
  return new Answer(open ? 202 : 201, JSON.stringify(toPublic(order)))
}

/**
 * Tells a guest where the order can be followed. The link is no part of what is kept for an idempotency key, which is in the
 * clear; it is the same whenever it is added.
 */
export function withLink(answer: Answer, reference: string, links: OrderLinks): Answer {
  if (answer.status >= 300) return answer
  const order: Order = JSON.parse(answer.body)
  return new Answer(answer.status, JSON.stringify({ ...order, follow: links.pathTo(order.id, reference) }))
}

function refusalFor({ status, reason }: StoredOrder): ServiceError {
  if (status === 'cancelled') {
    return new ServiceError('conflict', 'The order could not be completed in time; nothing was charged')
  }
  if (reason === 'out_of_stock') return outOfStock
  if (reason === 'no_such_product') return new ServiceError('unprocessable', 'No such product')
  return new ServiceError('payment_declined', 'The payment was declined', { details: [reason ?? 'card_declined'] })
}

const outOfStock = new ServiceError('conflict', 'Not enough stock')

/** Made without an error of its own, whose stack costs more than the rest: there may be a thousand in a second. */
export function soldOutAnswer(): Answer {
  return new Answer(outOfStock.status, JSON.stringify(errorBody(outOfStock)))
}
