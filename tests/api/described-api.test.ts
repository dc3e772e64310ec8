import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describedApi } from './described-api.ts'

let api: Awaited<ReturnType<typeof describedApi>>
let product: { id: number; name: string }
const name = "O'Brien's 北京 lamp 👩‍🚀 select * from"

beforeAll(async () => {
  api = await describedApi()
  const body = { name, description: 'line one\nline two\t<b>', price: 19.99, stock: 10, category: 'home' }
  product = (await api.call('POST', '/api/products', { body })).body
})

afterAll(async () => {
  expect((await api.call('DELETE', `/api/products/${product.id}`)).status).toBe(204)
  expect((await api.call('GET', `/api/products/${product.id}`)).status).toBe(404)
  expect(api.missed()).toEqual([])
})

test.each(['/health', '/api/health', '/api/products/health', '/api/orders/health'])('%s says healthy', async (path) => {
  expect(await api.call('GET', path)).toMatchObject({ status: 200, body: { status: 'healthy' } })
})

test('a product keeps its text, and a change of it is read back', async () => {
  const path = `/api/products/${product.id}`
  expect((await api.call('GET', path)).body).toEqual(product)
  const changed = (await api.call('PATCH', path, { body: { price: 20 } })).body
  expect(changed).toMatchObject({ id: product.id, name, price: 20, description: 'line one\nline two\t<b>' })
})

test('the catalogue is there, in four categories and in pages', async () => {
  for (const category of ['electronics', 'clothing', 'books', 'home']) {
    const { body } = await api.call('GET', `/api/products?category=${category}&limit=5`)
    expect(body.products).toHaveLength(5)
    const next = (await api.call('GET', `/api/products?category=${category}&limit=5&cursor=${body.next_cursor}`)).body
    expect(next.products[0].id).toBeGreaterThan(body.products[4].id)
  }
  const { body } = await api.call('GET', `/api/products?q=${encodeURIComponent("o'brien 北京")}&category=home`)
  expect(body.products.map(({ id }: { id: number }) => id)).toContain(product.id)
})

test('an order as users type it is paid, takes stock, and is one for one key', async () => {
  const headers = { 'idempotency-key': randomUUID() }
  const body = { product_id: product.id, quantity: 2 }
  const placed = await api.call('POST', '/api/orders', { body, headers })
  expect(placed).toMatchObject({
    status: 201,
    body: { status: 'paid', total: 40, items: [{ name, quantity: 2, price: 20 }] },
  })
  expect((await api.call('POST', '/api/orders', { body, headers })).body).toEqual(placed.body)
  // It has moved on meanwhile, or is about to.
  const { status: _status, updated_at: _updatedAt, ...order } = placed.body
  expect((await api.call('GET', `/api/orders/${placed.body.id}`)).body).toMatchObject(order)
  expect((await api.call('GET', '/api/orders?limit=1')).body.orders).toHaveLength(1)
  expect((await api.call('GET', `/api/products/${product.id}`)).body.stock).toBe(8)
})

test('an order that cannot be is refused with a described reason and gives its stock back', async () => {
  const stock = async () => (await api.call('GET', `/api/products/${product.id}`)).body.stock
  const before = await stock()
  const order = (fields: object) =>
    api.call('POST', '/api/orders', { body: { product_id: product.id, quantity: 1, ...fields } })

  expect(await order({ payment_token: 'tok_chargeDeclinedInsufficientFunds' })).toMatchObject({
    status: 402,
    body: { error: 'The payment was declined', details: ['insufficient_funds'] },
  })
  expect(await order({ quantity: 1000 })).toMatchObject({ status: 409, body: { error: 'Not enough stock' } })
  expect(await order({ product_id: 999_999_999_999 })).toMatchObject({
    status: 422,
    body: { error: 'No such product' },
  })
  await expect.poll(stock, { timeout: 5_000 }).toBe(before)
})
