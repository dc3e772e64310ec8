import { crashPoint } from '@secure-ecommerce/kit/crash-point'
import { answerTo } from './answer.ts'
import type { CheckoutStore, Conclusion } from './checkout-store.ts'
import { type OrderStore, type StoredOrder, toCents } from './order-store.ts'
import type { Payment, PaymentClient } from './payment-client.ts'
import type { SoldOut } from './sold-out.ts'
import type { ReservedItem, StockClient } from './stock-client.ts'

export type Checkout = {
  orders: OrderStore
  changes: CheckoutStore
  stock: StockClient
  payments: PaymentClient
  soldOut: SoldOut
  /** Minutes after which an order that is not paid is given up: fewer than a reservation holds. */
  patience: number
}

/**
 * Takes an order on from wherever it stands, until its customer can be told what became of it: reserve, then charge, so that
 * money is never taken for what cannot be had.
 *
 * Whoever has an order in hand calls this: the request that placed it, the recovery of those whose process died. Every neighbour
 * records what it decided by the order's reference and says it again when asked again, and every change here is conditional on
 * the state before, so several at the same order come to the same end and each step has its effect once.
 *
 * @returns the order as it is then; pending or reserved only while a payment's outcome is not known
 * @throws ServiceError when a neighbour does not answer. The order stays due, and is taken up again
 */
export async function advanceOrder(checkout: Checkout, order: StoredOrder): Promise<StoredOrder> {
  if (order.status === 'pending') return advanceOrder(checkout, await reserve(checkout, order))
  if (order.status === 'reserved') return charge(checkout, order)
  return order
}

async function reserve(checkout: Checkout, order: StoredOrder): Promise<StoredOrder> {
  const { changes, stock, soldOut } = checkout
  const { reference } = order
  if (isLate(checkout, order)) return giveUp(checkout, order)

  const reservation = await stock.reserve(reference, order.items)
  await crashPoint('after-reserve-before-record')
  if (reservation.outcome === 'refused') {
    const { reason, shortages } = reservation
    soldOut.remember(shortages)
    if (reason === 'released') return giveUp(checkout, order)
    return conclude(checkout, order, { to: 'rejected', reason })
  }

  const reserved = withPrices(order, reservation.items)
  const { updated_at: at, total } = reserved
  const moved = await changes.markReserved({
    reference,
    total_cents: toCents(total ?? 0),
    at,
    items: reservation.items,
  })
  await crashPoint('after-reserved-before-charge')
  return moved ? reserved : current(checkout, reference)
}

async function charge(checkout: Checkout, order: StoredOrder): Promise<StoredOrder> {
  const { payments } = checkout
  const { reference, paymentToken } = order
  const cents = toCents(order.total ?? 0)
  const mayCharge = paymentToken !== null && !isLate(checkout, order)
  const payment = mayCharge
    ? await payments.charge(reference, cents, paymentToken)
    : await payments.void(reference, cents)
  await crashPoint('after-charge-before-paid')
  return settle(checkout, order, payment)
}

/**
 * Ends a reserved order by what became of its payment.
 *
 * @param heard id of the message that said so, where it was one
 */
export async function settle(
  checkout: Checkout,
  order: StoredOrder,
  { status, reason }: Payment,
  heard: string | null = null,
): Promise<StoredOrder> {
  switch (status) {
    case 'intended':
      return order
    case 'captured':
      return conclude(checkout, order, { to: 'paid', message: 'confirm_stock', heard })
    case 'declined':
      return conclude(checkout, order, {
        to: 'rejected',
        reason: reason ?? 'card_declined',
        message: 'release_stock',
        heard,
      })
    case 'voided':
    case 'refunded':
      return giveUp(checkout, order)
  }
}

/** Ends an order that took too long and is not charged. Its release is sent even where nothing is known to be reserved. */
function giveUp(checkout: Checkout, order: StoredOrder): Promise<StoredOrder> {
  return conclude(checkout, order, { to: 'cancelled', reason: 'not_completed_in_time', message: 'release_stock' })
}

type End = Pick<Conclusion, 'to'> & Partial<Pick<Conclusion, 'reason' | 'message' | 'heard'>>

async function conclude(
  checkout: Checkout,
  order: StoredOrder,
  { to, reason = null, message = null, heard = null }: End,
): Promise<StoredOrder> {
  const { reference, status: from } = order
  const at = new Date().toISOString()
  const concluded: StoredOrder = { ...order, status: to, reason, updated_at: at, paymentToken: null }
  const { status: answer_status, body: answer_body } = answerTo(concluded)
  const moved = await checkout.changes.conclude({
    ...{ reference, from, to, reason, at, message, answer_status, answer_body, heard },
  })
  await crashPoint('after-paid-before-answer')
  return moved ? concluded : current(checkout, reference)
}

/** The order as somebody else has left it. */
async function current({ orders }: Checkout, reference: string): Promise<StoredOrder> {
  const order = await orders.findByReference(reference)
  if (!order) throw new Error(`order ${reference} is gone`)
  return order
}

function withPrices(order: StoredOrder, reserved: ReservedItem[]): StoredOrder {
  const found = new Map(reserved.map((item) => [item.product_id, item]))
  const items = order.items.map((item) => {
    const { name = null, price_cents = null } = found.get(item.product_id) ?? {}
    return { ...item, name, price: price_cents === null ? null : price_cents / 100 }
  })
  const cents = reserved.reduce((sum, { price_cents, quantity }) => sum + price_cents * quantity, 0)
  return { ...order, status: 'reserved', items, total: cents / 100, updated_at: new Date().toISOString() }
}

function isLate({ patience }: Checkout, { created_at }: StoredOrder): boolean {
  return Date.now() - Date.parse(created_at) > patience * 60_000
}
