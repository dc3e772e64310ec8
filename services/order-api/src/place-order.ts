import { randomUUID } from 'node:crypto'
import { NotSentError } from '@secure-ecommerce/kit/client'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { NewOrder } from './order-contract.ts'
import { type OrderStore, requestHash, type StoredOrder } from './order-store.ts'
import type { PaymentClient } from './payment-client.ts'
import type { ReservedItem, StockClient } from './stock-client.ts'

export type Checkout = { orders: OrderStore; stock: StockClient; payments: PaymentClient }

/** Reserve, then charge: money is never taken for what cannot be had. */
export async function placeOrder(checkout: Checkout, key: string | undefined, wanted: NewOrder): Promise<StoredOrder> {
  const reference = randomUUID()
  const created = await checkout.orders.create(reference, key, wanted)
  if (!created) return replay(checkout.orders, key as string, wanted)

  const items = await reserve(checkout, reference, wanted)
  const totalCents = await checkout.orders.markReserved(reference, items)
  await charge(checkout, reference, totalCents, wanted.payment_token)
  return stored(await checkout.orders.findByReference(reference))
}

/** The answer to a repeated request: that of the first, unless the key is used for something else or the first is still under way. */
async function replay(orders: OrderStore, key: string, wanted: NewOrder): Promise<StoredOrder> {
  const order = stored(await orders.findByKey(key))
  if (!order.requestHash.equals(requestHash(wanted))) {
    throw new ServiceError('unprocessable', 'This Idempotency-Key was used for another order')
  }
  if (order.status === 'paid') return order
  if (order.status === 'rejected') throw rejection(order.reason ?? '')
  throw new ServiceError('conflict', 'This order is still being placed', { headers: { 'retry-after': '1' } })
}

async function reserve({ orders, stock }: Checkout, reference: string, wanted: NewOrder): Promise<ReservedItem[]> {
  try {
    return await stock.reserve(reference, wanted.items)
  } catch (error) {
    const refused = error instanceof ServiceError && (error.code === 'conflict' || error.code === 'unprocessable')
    if (refused) await orders.markRejected(reference, error.code === 'conflict' ? 'out_of_stock' : 'no_such_product')
    if (error instanceof NotSentError) await orders.markAbandoned(reference, 'stock_unavailable')
    throw error
  }
}

async function charge({ orders, stock, payments }: Checkout, reference: string, totalCents: number, token: string) {
  const outcome = await payments.charge(reference, totalCents, token).catch(async (error) => {
    // A charge that was sent may have happened: such an order stays reserved, for its outcome is not known.
    if (error instanceof NotSentError) {
      await stock.release(reference)
      await orders.markAbandoned(reference, 'payment_unavailable')
    }
    throw error
  })
  if (outcome.status === 'captured') return orders.markPaid(reference)
  const reason = outcome.reason ?? 'card_declined'
  await stock.release(reference)
  await orders.markRejected(reference, reason)
  throw rejection(reason)
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
