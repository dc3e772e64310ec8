import { randomUUID } from 'node:crypto'
import { NotSentError } from '@secure-ecommerce/kit/client'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { NewOrder } from './order-contract.ts'
import { type OrderStore, requestHash, type StoredOrder } from './order-store.ts'
import type { PaymentClient } from './payment-client.ts'
import type { ReservedItem, StockClient } from './stock-client.ts'

type Attempt = { reference: string; wanted: NewOrder; isFirst: boolean }

export type Checkout = { orders: OrderStore; stock: StockClient; payments: PaymentClient }

/** Reserve, then charge: money is never taken for what cannot be had. */
export async function placeOrder(checkout: Checkout, key: string | undefined, wanted: NewOrder): Promise<StoredOrder> {
  const reference = randomUUID()
  const created = await checkout.orders.create(reference, key, wanted)
  if (!created) return replay(checkout, key as string, wanted)
  return complete(checkout, { reference, wanted, isFirst: true })
}

/**
 * The answer to a repeated request: that of the first, unless the key is used for something else or the first is still under
 * way. One that stopped half way, because a process died or an answer was lost, is taken up again: both steps are idempotent.
 */
async function replay(checkout: Checkout, key: string, wanted: NewOrder): Promise<StoredOrder> {
  const order = stored(await checkout.orders.findByKey(key))
  if (!order.requestHash.equals(requestHash(wanted))) {
    throw new ServiceError('unprocessable', 'This Idempotency-Key was used for another order')
  }
  if (order.status === 'paid') return order
  if (order.status === 'rejected') throw rejection(order.reason ?? '')
  if (await checkout.orders.takeUp(order.reference))
    return complete(checkout, { reference: order.reference, wanted, isFirst: false })
  throw new ServiceError('conflict', 'This order is still being placed', { headers: { 'retry-after': '1' } })
}

async function complete(checkout: Checkout, attempt: Attempt): Promise<StoredOrder> {
  const { reference } = attempt
  const items = await reserve(checkout, attempt)
  const totalCents = await checkout.orders.markReserved(reference, items)
  await charge(checkout, attempt, totalCents)
  return stored(await checkout.orders.findByReference(reference))
}

async function reserve({ orders, stock }: Checkout, attempt: Attempt): Promise<ReservedItem[]> {
  const { reference, wanted } = attempt
  try {
    return await stock.reserve(reference, wanted.items)
  } catch (error) {
    const { code } = error as ServiceError
    if (code === 'conflict') await orders.markRejected(reference, 'out_of_stock')
    else if (code === 'unprocessable') await orders.markRejected(reference, 'no_such_product')
    else {
      if (nothingHappened(attempt, error)) await orders.markAbandoned(reference, 'stock_unavailable')
      throw tellable(error)
    }
    throw error
  }
}

async function charge({ orders, stock, payments }: Checkout, attempt: Attempt, totalCents: number): Promise<void> {
  const { reference, wanted } = attempt
  const outcome = await payments.charge(reference, totalCents, wanted.payment_token).catch(async (error) => {
    // A charge that was sent may have happened: such an order stays reserved, for its outcome is not known.
    if (nothingHappened(attempt, error)) {
      await stock.release(reference)
      await orders.markAbandoned(reference, 'payment_unavailable')
    }
    throw tellable(error)
  })
  if (outcome.status === 'captured') return orders.markPaid(reference)
  const reason = outcome.reason ?? 'card_declined'
  await stock.release(reference)
  await orders.markRejected(reference, reason)
  throw rejection(reason)
}

/**
 * Whether a neighbour certainly did not do what was asked: it was not reached, or it refused. Of an order that was taken up
 * nobody knows: the attempt before may have got through.
 */
function nothingHappened({ isFirst }: Attempt, error: unknown): boolean {
  if (!isFirst) return false
  if (error instanceof NotSentError) return true
  return error instanceof ServiceError && error.status < 500
}

/** A neighbour's refusal is a matter between services, and not the customer's mistake. */
function tellable(error: unknown): unknown {
  if (!(error instanceof ServiceError) || error.status >= 500) return error
  return new ServiceError('unavailable', 'The order could not be placed at the moment', { cause: error })
}

/** How a stored reason is told to the customer. */
function rejection(reason: string): ServiceError {
  if (reason === 'out_of_stock') return new ServiceError('conflict', 'Not enough stock')
  if (reason === 'no_such_product') return new ServiceError('unprocessable', 'No such product')
  return new ServiceError('payment_declined', 'The payment was declined', { details: [reason] })
}

function stored(order: StoredOrder | undefined): StoredOrder {
  if (!order) throw new Error('an order that was just stored is gone')
  return order
}
