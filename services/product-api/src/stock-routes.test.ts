import { randomUUID } from 'node:crypto'
import { Secret } from '@secure-ecommerce/kit/secret'
import supertest from 'supertest'
import { beforeEach, expect, test, vi } from 'vitest'
import { testDatabase } from '../../../tests/unit/database.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { identifyIn } from '../../../tests/unit/people.ts'
import { keptTrail } from '../../../tests/unit/trail.ts'
import { createApp } from './app.ts'
import type { Product } from './product-contract.ts'

const { crashPoint } = vi.hoisted(() => ({ crashPoint: vi.fn<(name: string) => void | Promise<void>>() }))
vi.mock('@secure-ecommerce/kit/crash-point', () => ({ crashPoint }))
beforeEach(() => void crashPoint.mockReset())

const database = testDatabase('products')
const app = createApp({
  ...{ log: silentLog, database, trail: keptTrail, identify: identifyIn('demo') },
  ...{ stockApiKey: new Secret('stock-key'), reservationMinutes: 30, cacheSeconds: 1 },
})

async function create(fields: object = {}): Promise<Product> {
  const product = { name: 'Laptop', price: 2.5, stock: 10, ...fields }
  return (await supertest(app).post('/api/products').send(product)).body
}

const stockOf = async ({ id }: Product): Promise<number> => (await supertest(app).get(`/api/products/${id}`)).body.stock

const ask = (path: string, body: object, key = 'stock-key') =>
  supertest(app).post(`/internal/stock/${path}`).set('x-api-key', key).send(body)

async function reserve(reference: string, ...items: [Product, number][]) {
  const wanted = { reference, items: items.map(([{ id }, quantity]) => ({ product_id: id, quantity })) }
  const { status, body } = await ask('reservations', { orders: [wanted] })
  return { status, body: body.decisions?.[0] }
}

const confirm = (...references: string[]) => ask('confirmations', { references })
const release = (...references: string[]) => ask('releases', { references })

/** As if the time for which it is held had passed. */
const expire = (reference: string) =>
  database.query("update reservations set expires_at = now() - interval '1 ms' where order_reference = $1", [reference])

const refused = (reason: string, shortages: object[] = []) => ({ outcome: 'refused', reason, shortages })

test('stock is reserved and released once, however often it is asked', async () => {
  const [laptop, mug] = [await create(), await create({ name: 'Mug', price: 0.01 })]
  const reference = randomUUID()
  const decision = {
    outcome: 'reserved',
    items: [
      { product_id: laptop.id, name: 'Laptop', price_cents: 250, quantity: 4 },
      { product_id: mug.id, name: 'Mug', price_cents: 1, quantity: 10 },
    ],
  }
  for (let n = 0; n < 2; n++) {
    const { status, body } = await reserve(reference, [mug, 10], [laptop, 4])
    expect({ status, body }).toEqual({ status: 200, body: decision })
    // What was promised holds, whatever becomes of the product.
    await supertest(app).patch(`/api/products/${laptop.id}`).send({ name: 'Dearer laptop', price: 99 })
  }
  expect([await stockOf(laptop), await stockOf(mug)]).toEqual([6, 0])

  for (let n = 0; n < 2; n++) expect((await release(reference)).status).toBe(204)
  expect([await stockOf(laptop), await stockOf(mug)]).toEqual([10, 10])
  expect((await reserve(reference, [laptop, 4])).body).toEqual(refused('released'))
  expect(await stockOf(laptop)).toBe(10)
})

test('an order takes all its items or none, and hears of each product that does not suffice', async () => {
  const [plenty, scarce, none] = [await create(), await create({ stock: 1 }), await create({ stock: 0 })]
  const shortages = [
    { product_id: scarce.id, left: 1 },
    { product_id: none.id, left: 0 },
  ]
  const { status, body } = await reserve(randomUUID(), [plenty, 2], [none, 1], [scarce, 2])
  expect({ status, body }).toEqual({ status: 200, body: refused('out_of_stock', shortages) })
  expect([await stockOf(plenty), await stockOf(scarce)]).toEqual([10, 1])
})

test('an order of a product that does not exist or is off sale takes nothing', async () => {
  const [product, gone] = [await create(), await create()]
  await supertest(app).delete(`/api/products/${gone.id}`)
  for (const missing of [gone, { ...gone, id: 999_999_999 }]) {
    expect((await reserve(randomUUID(), [product, 1], [missing, 1])).body).toEqual(refused('no_such_product'))
  }
  expect(await stockOf(product)).toBe(10)
})

test('a refusal stays one when stock has come back', async () => {
  const product = await create({ stock: 1 })
  const reference = randomUUID()
  const decision = refused('out_of_stock', [{ product_id: product.id, left: 1 }])
  expect((await reserve(reference, [product, 2])).body).toEqual(decision)
  await supertest(app).patch(`/api/products/${product.id}`).send({ stock: 5 })
  expect((await reserve(reference, [product, 2])).body).toEqual(decision)
  await release(reference)
  expect((await reserve(reference, [product, 2])).body).toEqual(decision)
  expect((await confirm(reference)).body).toEqual({ confirmed: [], lapsed: [reference] })
  expect(await stockOf(product)).toBe(5)
})

test.each([
  { by: 'a release', first: release },
  { by: 'a confirmation', first: confirm },
])('an order that is settled by $by before it was reserved takes nothing later', async ({ first }) => {
  const product = await create()
  const reference = randomUUID()
  await first(reference)
  expect((await reserve(reference, [product, 1])).body).toEqual(refused('released'))
  expect(await stockOf(product)).toBe(10)
})

test('what is confirmed is sold: confirmed again, and never given back', async () => {
  const product = await create()
  const [kept, released] = [randomUUID(), randomUUID()]
  const decision = (await reserve(kept, [product, 3])).body
  await reserve(released, [product, 1])
  await release(released)
  for (let n = 0; n < 2; n++) {
    const { status, body } = await confirm(released, kept)
    expect({ status, body }).toEqual({ status: 200, body: { confirmed: [kept], lapsed: [released] } })
  }
  expect((await release(kept)).status).toBe(204)
  expect((await confirm(kept)).body.confirmed).toEqual([kept])
  expect((await reserve(kept, [product, 3])).body).toEqual(decision)
  expect(await stockOf(product)).toBe(7)
})

test.each([
  { by: 'a confirmation', ask: confirm },
  { by: 'a release', ask: release },
  { by: 'being asked for again', ask: (reference: string) => reserve(reference, [{ id: 1 } as Product, 1]) },
])('what has expired is given back once, first noticed by $by', async ({ ask }) => {
  const product = await create()
  const reference = randomUUID()
  await reserve(reference, [product, 4])
  await expire(reference)
  for (let n = 0; n < 2; n++) {
    await ask(reference)
    expect(await stockOf(product)).toBe(10)
  }
  expect((await confirm(reference)).body).toEqual({ confirmed: [], lapsed: [reference] })
  expect((await reserve(reference, [product, 4])).body).toEqual(refused('released'))
  expect(await stockOf(product)).toBe(10)
})

test('what has expired goes to the next who wants it, with no sweep between', async () => {
  const [product, other] = [await create({ stock: 2 }), await create({ stock: 2 })]
  const [late, next] = [randomUUID(), randomUUID()]
  await reserve(late, [product, 2], [other, 1])
  expect((await reserve(randomUUID(), [product, 1])).body).toMatchObject({ reason: 'out_of_stock' })
  await expire(late)
  expect((await reserve(next, [product, 2])).body).toMatchObject({ outcome: 'reserved' })
  expect([await stockOf(product), await stockOf(other)]).toEqual([0, 2])
})

test.each([
  { step: 'after-reserve-before-answer', path: 'reservations' },
  { step: 'after-confirm-before-answer', path: 'confirmations' },
  { step: 'after-release-before-answer', path: 'releases' },
])('who dies $step has done it, and whoever asks again hears so', async ({ step, path }) => {
  const product = await create()
  const reference = randomUUID()
  const items = [{ product_id: product.id, quantity: 4 }]
  const body = path === 'reservations' ? { orders: [{ reference, items }] } : { references: [reference] }
  if (path !== 'reservations') await reserve(reference, [product, 4])

  const died = new Promise<void>((resolve) => {
    crashPoint.mockImplementationOnce((name) => {
      expect(name).toBe(step)
      resolve()
      return new Promise(() => {})
    })
  })
  const lost = ask(path, body)
  lost.catch(() => {})
  await died
  lost.abort()
  expect(await stockOf(product)).toBe(path === 'releases' ? 10 : 6)

  const reserved = { decisions: [{ outcome: 'reserved' }] }
  const again = { reservations: reserved, confirmations: { confirmed: [reference] }, releases: {} }
  expect((await ask(path, body)).body).toMatchObject(again[path as keyof typeof again])
  expect(await stockOf(product)).toBe(path === 'releases' ? 10 : 6)
})

test.each([
  { why: 'a reference in capitals', path: 'releases', body: { references: [randomUUID().toUpperCase()] } },
  { why: 'a reference in braces', path: 'releases', body: { references: [`{${randomUUID()}}`] } },
  { why: 'a reference twice', path: 'confirmations', body: { references: Array(2).fill(randomUUID()) } },
  { why: 'no reference', path: 'confirmations', body: { references: [] } },
  { why: '101 references', path: 'releases', body: { references: Array.from({ length: 101 }, () => randomUUID()) } },
  { why: 'no items', path: 'reservations', body: { orders: [{ reference: randomUUID(), items: [] }] } },
  { why: 'no orders', path: 'reservations', body: { orders: [] } },
  {
    why: 'a product twice',
    path: 'reservations',
    body: { orders: [{ reference: randomUUID(), items: Array(2).fill({ product_id: 1, quantity: 1 }) }] },
  },
])('$why is refused', async ({ path, body }) => {
  expect((await ask(path, body)).status).toBe(400)
})

test.each(['', 'wrong', 'stock-keys'])('stock is not for a caller with the key %j', async (key) => {
  for (const path of ['reservations', 'confirmations', 'releases']) expect((await ask(path, {}, key)).status).toBe(403)
})
