import { describe, expect, test } from 'vitest'
import { chargesAtOdds, type OrderRow, ordersNotFinal, paymentsAtOdds, stocksAtOdds } from './books.ts'

const order = (status: string, reference = 'one', reason: string | null = null): OrderRow => ({
  reference,
  status,
  reason,
  total_cents: 500,
  items: [{ product_id: 1, quantity: 2 }],
})
const charge = { idempotency_key: 'one', amount_cents: 500, refunded_cents: 0 }
const back = { ...charge, refunded_cents: 500 }
const payment = { order_reference: 'one', status: 'captured', amount_cents: 500, entries_cents: 500 }

test('what is still open is named', () =>
  expect(ordersNotFinal([order('fulfilled'), order('paid', 'two')])).toEqual(['two is paid']))

describe('the provider against the orders', () =>
  test.each([
    { why: 'sold and charged', orders: [order('fulfilled')], charges: [charge], wrong: 0 },
    { why: 'sold for nothing', orders: [order('fulfilled')], charges: [], wrong: 1 },
    { why: 'charged twice', orders: [order('fulfilled')], charges: [charge, charge], wrong: 1 },
    { why: 'another amount', orders: [order('fulfilled')], charges: [{ ...charge, amount_cents: 499 }], wrong: 1 },
    { why: 'sold, yet given back', orders: [order('fulfilled')], charges: [back], wrong: 1 },
    { why: 'given back', orders: [order('refunded')], charges: [back], wrong: 0 },
    { why: 'not given back', orders: [order('refunded')], charges: [charge], wrong: 1 },
    { why: 'charged, yet rejected', orders: [order('rejected')], charges: [charge], wrong: 1 },
    { why: 'cancelled', orders: [order('cancelled')], charges: [], wrong: 0 },
    { why: 'charged for no order', orders: [], charges: [charge], wrong: 1 },
  ])('$why', ({ orders, charges, wrong }) => expect(chargesAtOdds(orders, charges)).toHaveLength(wrong)))

describe("the shop's payments against the orders", () =>
  test.each([
    { why: 'captured', orders: [order('fulfilled')], payments: [payment], wrong: 0 },
    { why: 'not in the ledger', orders: [order('fulfilled')], payments: [{ ...payment, entries_cents: 0 }], wrong: 1 },
    { why: 'no payment', orders: [order('fulfilled')], payments: [], wrong: 1 },
    { why: 'captured, yet cancelled', orders: [order('cancelled')], payments: [payment], wrong: 1 },
    { why: 'never asked for', orders: [order('rejected')], payments: [], wrong: 0 },
    {
      why: 'given back',
      orders: [order('refunded')],
      payments: [{ ...payment, status: 'refunded', entries_cents: 0 }],
      wrong: 0,
    },
  ])('$why', ({ orders, payments, wrong }) => expect(paymentsAtOdds(orders, payments)).toHaveLength(wrong)))

describe('stock', () =>
  test.each([
    { why: 'sold and left', orders: [order('fulfilled')], left: 8, wrong: 0 },
    { why: 'oversold', orders: [order('fulfilled')], left: 9, wrong: 1 },
    { why: 'not given back', orders: [order('cancelled')], left: 8, wrong: 1 },
    { why: 'refunded goods are back', orders: [order('refunded')], left: 10, wrong: 0 },
    {
      why: 'goods that had gone out are not',
      orders: [order('refunded', 'one', 'refunded_by_shop')],
      left: 8,
      wrong: 0,
    },
  ])('$why', ({ orders, left, wrong }) =>
    expect(stocksAtOdds([{ id: 1, stocked: 10, left }], orders)).toHaveLength(wrong),
  ))
