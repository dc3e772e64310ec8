import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../tests/unit/database.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { expiryWorker } from './expiry-worker.ts'
import type { Decision } from './stock-contract.ts'
import { stockStore } from './stock-store.ts'

const database = testDatabase('products')
const one = stockStore(database, 30)
/** As many processes of product-api, each with groups and connections of its own. */
const several = [one, ...Array.from({ length: 3 }, () => stockStore(testDatabase('products'), 30))]

async function create(stock: number): Promise<number> {
  const text = "insert into products (name, price_cents, stock) values ('Laptop', 250, $1) returning id"
  return (await database.query<{ id: number }>(text, [stock])).rows[0]?.id as number
}

async function stockOf(id: number): Promise<number> {
  return (await database.query<{ stock: number }>('select stock from products where id = $1', [id])).rows[0]
    ?.stock as number
}

/** Orders of one item, asked for at the same time; by `stores` in turn. */
const reserveAll = (quantities: number[], product_id: number, stores = [one]): Promise<Decision[]> =>
  Promise.all(
    quantities.map((quantity, n) =>
      (stores[n % stores.length] ?? one).reserve({ reference: randomUUID(), items: [{ product_id, quantity }] }),
    ),
  )

/** As if the time for which they are held had passed for all who hold a product. */
const expireAll = (product: number) =>
  database.query(
    `update reservations r set expires_at = now() - interval '1 ms' from reservation_items i
     where i.order_reference = r.order_reference and product_id = $1 and status = 'held'`,
    [product],
  )

const outcomes = (decisions: Decision[]) => decisions.map(({ outcome }) => outcome)

test.each([
  { where: 'in one group', stores: [one] },
  { where: 'at several processes', stores: several },
])('of fifty orders for the last unit $where one gets it', async ({ stores }) => {
  const product = await create(1)
  const decisions = await reserveAll(Array(50).fill(1), product, stores)
  const reserved = decisions.filter(({ outcome }) => outcome === 'reserved')
  const short = { outcome: 'refused', reason: 'out_of_stock', shortages: [{ product_id: product, left: 0 }] }
  expect(reserved).toHaveLength(1)
  expect(decisions.filter((decision) => !reserved.includes(decision))).toEqual(Array(49).fill(short))
  expect(await stockOf(product)).toBe(0)
})

test('within a group each order finds what those before it left', async () => {
  const product = await create(5)
  const decisions = await reserveAll([3, 3, 6, 2, 1], product)
  expect(outcomes(decisions)).toEqual(['reserved', 'refused', 'refused', 'reserved', 'refused'])
  expect(decisions.flatMap((decision) => (decision.outcome === 'refused' ? decision.shortages : []))).toEqual(
    [2, 5, 0].map((left) => ({ product_id: product, left })), // what is hopeless is refused before the others take theirs
  )
})

test.each([
  { where: 'in one group', stores: [one] },
  { where: 'at several processes', stores: several },
])('an order that is asked for many times at once $where takes its stock once', async ({ stores }) => {
  const product = await create(1)
  const reference = randomUUID()
  const decisions = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      (stores[n % stores.length] ?? one).reserve({ reference, items: [{ product_id: product, quantity: 1 }] }),
    ),
  )
  expect(new Set(decisions.map((decision) => JSON.stringify(decision))).size).toBe(1)
  expect(decisions[0]?.outcome).toBe('reserved')
  expect(await stockOf(product)).toBe(0)
})

test('orders of the same products in opposite order do not block each other', async () => {
  const products = [await create(100), await create(100)]
  const items = products.map((product_id) => ({ product_id, quantity: 1 }))
  const decisions = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      (several[n % 4] ?? one).reserve({ reference: randomUUID(), items: n % 2 ? items : items.toReversed() }),
    ),
  )
  expect(outcomes(decisions)).toEqual(Array(40).fill('reserved'))
  expect(await Promise.all(products.map(stockOf))).toEqual([60, 60])
})

test('rows are locked in one order, whatever the order they are named in', async () => {
  const products = [await create(9), await create(9), await create(9)]
  const items = products.map((product_id) => ({ product_id, quantity: 1 })).toReversed()
  const references = [randomUUID(), randomUUID(), randomUUID()].sort()
  const reverse = references.toReversed()
  for (const reference of reverse) await one.reserve({ reference, items })

  await expectOrder('products', 'id', products, () => one.reserve({ reference: randomUUID(), items }))
  await expectOrder('reservations', 'order_reference', references, () => one.confirm(reverse))
  await expectOrder('reservations', 'order_reference', references, () => one.release(reverse))
  const reference = randomUUID()
  await one.reserve({ reference, items })
  await expectOrder('products', 'id', products, () => one.release([reference]))
})

/** While somebody else has the second of three rows, `act` has locked the first, and not the third. */
async function expectOrder(table: string, key: string, rows: (string | number)[], act: () => Promise<unknown>) {
  const [first, second, third] = rows
  const isLocked = async (row: unknown) =>
    (await database.query(`select from ${table} where ${key} = $1 for update skip locked`, [row])).rowCount === 0
  const keeper = await database.connect()
  await keeper.query('begin')
  await keeper.query(`select from ${table} where ${key} = $1 for update`, [second])
  const acting = act()
  await expect.poll(() => isLocked(first)).toBe(true)
  expect(await isLocked(third)).toBe(false)
  await keeper.query('commit')
  keeper.release()
  await acting
}

test('of many who want what has expired, as many get it as there is, with sweeps beside them', async () => {
  const product = await create(3)
  await reserveAll([1, 1, 1], product)
  await expireAll(product)
  const sweep = () => database.query('select sweep_expired(2)')
  const [decisions] = await Promise.all([reserveAll(Array(20).fill(1), product, several), sweep(), sweep()])
  expect(outcomes(decisions).filter((outcome) => outcome === 'reserved')).toHaveLength(3)
  expect(await stockOf(product)).toBe(0)
})

test('the workers of several processes give back what has expired, once, and nothing else', async () => {
  const [late, held, sold] = [await create(500), await create(1), await create(1)]
  await reserveAll(Array(250).fill(1), late)
  await reserveAll([1], held)
  const reference = randomUUID()
  await one.reserve({ reference, items: [{ product_id: sold, quantity: 1 }] })
  await one.confirm([reference])
  await expireAll(late)
  await expireAll(sold)

  const workers = several.map(() => expiryWorker(database, silentLog))
  for (const worker of workers) worker.start()
  await expect.poll(() => stockOf(late)).toBe(500)
  await Promise.all(workers.map((worker) => worker.stop()))
  expect(await Promise.all([late, held, sold].map(stockOf))).toEqual([500, 0, 0])
})
