import { randomUUID } from 'node:crypto'
import { Secret } from '@secure-ecommerce/kit/secret'
import supertest from 'supertest'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../tests/unit/database.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { identifyIn } from '../../../tests/unit/people.ts'
import { keptTrail } from '../../../tests/unit/trail.ts'
import { createApp } from './app.ts'
import type { Product } from './product-contract.ts'

const app = createApp({
  log: silentLog,
  database: testDatabase('products'),
  trail: keptTrail,
  identify: identifyIn('demo'),
  stockApiKey: new Secret('stock-key'),
  reservationMinutes: 30,
  cacheSeconds: 1,
})
const api = () => supertest(app)

const laptop = { name: 'Laptop', price: 999.99, stock: 10 }

async function create(fields: object = {}): Promise<Product> {
  const answer = await api()
    .post('/api/products')
    .send({ ...laptop, ...fields })
  expect(answer.status).toBe(201)
  return answer.body
}

test('a product is created with defaults, read, changed and taken off sale', async () => {
  const created = await create()
  expect(created).toEqual({
    id: expect.any(Number),
    ...laptop,
    description: '',
    category: null,
    picture: null,
    created_at: expect.stringMatching(/^\d{4}-.*Z$/),
    updated_at: created.created_at,
  })
  const path = `/api/products/${created.id}`
  expect((await api().get(path)).body).toEqual(created)

  const changed = (await api().patch(path).send({ price: 0.01, category: 'electronics' })).body
  expect(changed).toEqual({ ...created, price: 0.01, category: 'electronics', updated_at: expect.any(String) })
  expect((await api().patch(path).send({ category: null, stock: 0 })).body).toMatchObject({
    category: null,
    stock: 0,
    price: 0.01,
  })

  expect((await api().delete(path)).status).toBe(204)
  for (const gone of [api().get(path), api().patch(path).send({ stock: 1 }), api().delete(path)]) {
    expect(await gone).toMatchObject({ status: 404, body: { error: `No product ${created.id}` } })
  }
})

test('what everybody reads alike may be kept for a moment, and nothing else', async () => {
  const path = `/api/products/${(await create()).id}`
  const keptOf = async (answer: PromiseLike<supertest.Response>) =>
    (await answer).headers['x-accel-expires'] !== undefined
  for (const read of ['/api/products', '/api/products?q=laptop', path]) expect(await keptOf(api().get(read))).toBe(true)
  expect(await keptOf(api().patch(path).send({ stock: 1 }))).toBe(false)
  expect(await keptOf(api().get('/api/products?limit=0'))).toBe(false)
  await api().delete(path)
  expect(await keptOf(api().get(path))).toBe(false)
})

test.each([0.01, 0.1, 0.29, 1.1, 19.99, 999_999.99, 1_000_000])('the price %d keeps its cents', async (price) => {
  expect((await create({ price })).price).toBe(price)
})

test.each([
  { why: 'a third decimal', field: { price: 0.001 }, detail: 'price must be' },
  { why: 'a price of zero', field: { price: 0 }, detail: 'price must be greater' },
  { why: 'a price in text', field: { price: '9.99' }, detail: 'price must be a number' },
  { why: 'a negative stock', field: { stock: -1 }, detail: 'stock must be' },
  { why: 'half a piece', field: { stock: 0.5 }, detail: 'stock must be an integer' },
  { why: 'an unknown category', field: { category: 'toys' }, detail: 'category must be one of' },
  { why: 'a name that is too long', field: { name: 'x'.repeat(201) }, detail: 'name length' },
  { why: 'a field of the database', field: { deleted_at: null }, detail: 'deleted_at is not allowed' },
])('a product with $why is refused', async ({ field, detail }) => {
  const answer = await api()
    .post('/api/products')
    .send({ ...laptop, ...field })
  expect({ status: answer.status, error: answer.body.error }).toEqual({ status: 400, error: 'Validation failed' })
  expect(answer.body.details.join()).toContain(detail)
})

test('a price that overflows to infinity is refused', async () => {
  const answer = await api().post('/api/products').type('json').send('{"name":"x","price":1e309,"stock":1}')
  expect(answer.status).toBe(400)
})

test('pages of a category follow each other without gap or repetition, also while products are added', async () => {
  const mark = `zyx${randomUUID().slice(0, 8)}`
  for (let n = 0; n < 5; n++) await create({ name: `${mark} ${n}`, category: 'books' })
  const first = (await api().get('/api/products').query({ q: mark, category: 'books', limit: 3 })).body
  await create({ name: `${mark} late`, category: 'books' })
  const second = (
    await api().get('/api/products').query({ q: mark, category: 'books', limit: 3, cursor: first.next_cursor })
  ).body

  const names = [...first.products, ...second.products].map(({ name }: Product) => name.slice(mark.length + 1))
  expect(names).toEqual(['0', '1', '2', '3', '4', 'late'])
  expect(second.next_cursor).toBeNull()
})

test('a search finds products that have all words in any form, and follows changes', async () => {
  const mark = `qwv${randomUUID().slice(0, 8)}`
  const product = await create({ name: `${mark} O'Brien's lamps`, description: 'Warm light for 北京 evenings 🪔' })
  const search = async (q: string) =>
    (await api().get('/api/products').query({ q })).body.products.map(({ id }: Product) => id)

  expect(await search(`${mark} lamp`)).toEqual([product.id])
  expect(await search(`evening ${mark} 北京`)).toEqual([product.id])
  expect(await search(`${mark} sofa`)).toEqual([])
  await api()
    .patch(`/api/products/${product.id}`)
    .send({ name: `${mark} sofa` })
  expect(await search(`${mark} sofa`)).toEqual([product.id])
  expect(await search(`${mark} lamp`)).toEqual([])
  await api().delete(`/api/products/${product.id}`)
  expect(await search(mark)).toEqual([])
})

test('a search finds the same whether its words are rare or common', async () => {
  const mark = `qxv${randomUUID().slice(0, 8)}`
  const database = testDatabase('products')
  const { rows } = await database.query<{ id: number }>(
    `insert into products (name, price_cents, stock)
     select $1 || ' number' || n || case when n % 100 = 0 then ' hundredth' else '' end, 100, 1
     from generate_series(1, 700) n returning id`,
    [mark],
  )
  const ids = rows.map(({ id }) => id)
  const search = async (q: string) =>
    (await api().get('/api/products').query({ q, limit: 5 })).body.products.map(({ id }: Product) => id)

  expect(await search(mark)).toEqual(ids.slice(0, 5)) // one long list
  expect(await search(`${mark} ${mark}`)).toEqual(ids.slice(0, 5))
  expect(await search(`${mark} hundredth`)).toEqual([100, 200, 300, 400, 500].map((n) => ids[n - 1])) // a short and a long one
  expect(await search(`number7 ${mark} hundredth`)).toEqual([])
  await database.query("update products set description = 'everywhere' where id = any($1)", [ids])
  expect(await search(`${mark} everywhere`)).toEqual(ids.slice(0, 5)) // two long lists
})

test('a search for words that every text has finds nothing rather than everything', async () => {
  expect((await api().get('/api/products').query({ q: 'the' })).body).toEqual({ products: [], next_cursor: null })
})

test.each(["'; drop table products; --", 'a & | ! ( <-> :*', '%', '\\'])(
  'the search %j is text, not syntax',
  async (q) => {
    expect((await api().get('/api/products').query({ q })).status).toBe(200)
  },
)

test.each([
  { why: 'a limit of 0', query: { limit: 0 } },
  { why: 'a limit of 101', query: { limit: 101 } },
  { why: 'a cursor of somebody else', query: { cursor: 'bm90LWFuLWlk' } },
  { why: 'a filter given twice', query: 'category=books&category=home' },
  { why: 'a filter that does not exist', query: { colour: 'red' } },
  { why: 'a NUL byte in the search', query: 'q=%00' },
])('a list with $why is refused', async ({ query }) => {
  expect((await api().get('/api/products').query(query)).status).toBe(400)
})
