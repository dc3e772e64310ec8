import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../tests/unit/database.ts'
import type { Wanted } from './stock-contract.ts'
import { stockStore } from './stock-store.ts'

const database = testDatabase('products')
const stores = Array.from({ length: 3 }, () => stockStore(testDatabase('products'), 30))

const stocks = [1, 6, 20, 40]
const orders = 12

/** What each order wants: the place of a product among the stocks, and how many. */
const wishes = fc.array(
  fc.uniqueArray(fc.tuple(fc.nat(stocks.length - 1), fc.integer({ min: 1, max: 4 })), {
    selector: ([product]) => product,
    minLength: 1,
    maxLength: 3,
  }),
  { minLength: orders, maxLength: orders },
)

const step = fc.record({
  act: fc.constantFrom(...Array(6).fill('reserve'), 'confirm', 'release', 'release', 'expire', 'sweep', 'hold', 'hold'),
  store: fc.constantFrom(...stores),
  /** Confirmations and releases name two orders, the others the first. */
  named: fc.tuple(fc.nat(orders - 1), fc.nat(orders - 1)),
})

/** Sequences of steps that run beside each other. */
const storms = fc.array(fc.array(step, { minLength: 5, maxLength: 20 }), { minLength: 4, maxLength: 8 })

/** What no order may hear both of, in whatever order. */
const contradictions = [
  ['confirmed', 'lapsed'],
  ['confirmed', 'released'],
  ['confirmed', 'out_of_stock'],
  ['reserved', 'out_of_stock'],
  ['released', 'out_of_stock'],
] as const

test('whatever happens at once, no unit is lost, sold twice or given back twice, and no decision is taken back', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(wishes, storms, async (wished, storm) => {
      const products = await createProducts()
      const wanted = wished.map((items) => ({
        reference: randomUUID(),
        items: items.map(([place, quantity]) => ({ product_id: products[place] as number, quantity })),
      }))
      const heard = new Set<string>()
      const hear = (reference: string, what: string) => void heard.add(`${reference} ${what}`)

      await Promise.all(
        storm.map(async (steps) => {
          for (const { act, store, named } of steps) {
            const [order, other] = named.map((n) => wanted[n] as Wanted) as [Wanted, Wanted]
            await perform(act, store, order, other, hear)
          }
        }),
      )

      expect(await units(products)).toEqual(stocks)
      for (const { reference } of wanted) {
        for (const pair of contradictions) {
          expect(pair.filter((what) => heard.has(`${reference} ${what}`))).not.toEqual(pair)
        }
      }
    }),
    // No shrinking: the same steps seldom meet the same way again.
    { numRuns: 30, endOnFailure: true },
  )
})

async function perform(
  act: string,
  stock: (typeof stores)[number],
  order: Wanted,
  other: Wanted,
  hear: (reference: string, what: string) => void,
): Promise<void> {
  const both = [...new Set([order.reference, other.reference])]
  if (act === 'reserve') {
    const decision = await stock.reserve(order)
    hear(order.reference, decision.outcome === 'refused' ? decision.reason : 'reserved')
  } else if (act === 'confirm') {
    const { confirmed, lapsed } = await stock.confirm(both)
    for (const reference of confirmed) hear(reference, 'confirmed')
    for (const reference of lapsed) hear(reference, 'lapsed')
  } else if (act === 'release') {
    await stock.release(both)
  } else if (act === 'expire') {
    await database.query(
      `update reservations set expires_at = now() - interval '1 ms' where order_reference = $1 and status = 'held'`,
      [order.reference],
    )
  } else if (act === 'sweep') {
    await database.query('select sweep_expired(3)')
  } else {
    // Somebody keeps a product for a while: what goes by in microseconds otherwise now meets half way.
    await database.query(
      'with held as materialized (select from products where id = $1 for update) select pg_sleep(0.003) from held',
      [order.items[0]?.product_id],
    )
  }
}

async function createProducts(): Promise<number[]> {
  const { rows } = await database.query<{ id: number }>(
    `insert into products (name, price_cents, stock) select 'Stormy', 100, unnest($1::integer[]) returning id`,
    [stocks],
  )
  return rows.map(({ id }) => id)
}

/** Of each product what is left, held and sold, together. */
async function units(products: number[]): Promise<number[]> {
  const { rows } = await database.query<{ units: number }>(
    `select stock + coalesce((
       select sum(quantity) from reservation_items i join reservations r using (order_reference)
       where i.product_id = p.id and r.status in ('held', 'confirmed')
     ), 0) as units
     from products p where id = any($1) order by id`,
    [products],
  )
  return rows.map(({ units }) => units)
}
