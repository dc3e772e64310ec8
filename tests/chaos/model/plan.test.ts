import { expect, test } from 'vitest'
import { ageing, fullLength, hot, lapsing, planOf, targets } from './plan.ts'

const crashPoints = Array.from({ length: 18 }, (_, n) => ({ service: 'order-api', name: `after-${n}` }))
const plan = planOf(7, fullLength, crashPoints)
const share = (count: number) => count / plan.orders.length

test('one seed, one plan', () => expect(planOf(7, fullLength, crashPoints)).toEqual(plan))

test('another seed, another plan', () => {
  const other = planOf(8, fullLength, crashPoints)
  expect(other.orders).not.toEqual(plan.orders)
  expect(other.disturbances).not.toEqual(plan.disturbances)
  expect(other.crashes).not.toEqual(plan.crashes)
})

test('of the requests 30 % come twice, and about as many want the hot product', () => {
  expect(share(plan.orders.filter(({ again }) => again !== null).length)).toBeCloseTo(0.29, 1)
  expect(share(plan.orders.filter(({ items }) => items[0]?.place === hot).length)).toBeCloseTo(0.3, 1)
})

test('a request without a key is never sent twice', () =>
  expect(plan.orders.filter(({ keyed, again }) => !keyed && again !== null)).toEqual([]))

test('there are orders of every kind', () => {
  const places = new Set(plan.orders.flatMap(({ items }) => items.map(({ place }) => place)))
  expect(places).toEqual(new Set([...plan.stocks.keys(), plan.stocks.length]))
  expect(new Set(plan.orders.map(({ token }) => token)).size).toBe(7)
  for (const place of [lapsing, ageing]) {
    expect(plan.orders.filter(({ items }) => items[0]?.place === place).length).toBeGreaterThan(20)
  }
})

test('no order names a product twice, or none', () => {
  for (const { items } of plan.orders) {
    expect(items.length).toBeGreaterThan(0)
    expect(new Set(items.map(({ place }) => place)).size).toBe(items.length)
  }
})

test('a full run kills and pauses everything, and dies at every step', () => {
  const done = new Set(plan.disturbances.map(({ kind, target }) => `${kind} ${target}`))
  expect(done).toEqual(new Set(targets.flatMap((target) => [`kill ${target}`, `pause ${target}`])))
  expect(plan.crashes.toSorted((a, b) => crashPoints.indexOf(a) - crashPoints.indexOf(b))).toEqual(crashPoints)
})

test('a short run dies at its share of the steps', () => expect(planOf(7, 15, crashPoints).crashes).toHaveLength(5))
