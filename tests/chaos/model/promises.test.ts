import { expect, test } from 'vitest'
import { brokenPromises, type PublicOrder } from './promises.ts'

const paid: PublicOrder = {
  id: 7,
  status: 'paid',
  items: [{ product_id: 1, quantity: 2, name: 'Cup', price: 5 }],
  total: 10,
  email: 'a@example.com',
  address: null,
}
const pending = {
  ...paid,
  status: 'pending',
  items: [{ product_id: 1, quantity: 2, name: null, price: null }],
  total: null,
}
const now = (change: Partial<PublicOrder>) => ({ ...paid, status: 'fulfilled', ...change })

test.each([
  { why: 'paid, then fulfilled', status: 201, told: paid, now: now({}), broken: 0 },
  { why: 'paid, then refunded', status: 201, told: paid, now: now({ status: 'refunded' }), broken: 0 },
  { why: 'paid, then rejected', status: 201, told: paid, now: now({ status: 'rejected' }), broken: 1 },
  { why: 'paid, and never fulfilled', status: 201, told: paid, now: paid, broken: 1 },
  { why: 'pending, then fulfilled', status: 202, told: pending, now: now({}), broken: 0 },
  { why: 'pending, then cancelled', status: 202, told: pending, now: now({ status: 'cancelled' }), broken: 0 },
  { why: 'another total', status: 201, told: paid, now: now({ total: 11 }), broken: 1 },
  { why: 'another item', status: 201, told: paid, now: now({ items: [] }), broken: 5 },
  { why: 'gone', status: 201, told: paid, now: undefined, broken: 1 },
])('$why', ({ status, told, now: found, broken }) => expect(brokenPromises(status, told, found)).toHaveLength(broken))
