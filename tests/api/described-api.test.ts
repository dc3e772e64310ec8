import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runScript } from '../scripts/run-script.ts'
import { pastTheCache } from '../stack.ts'
import { describedApi } from './described-api.ts'
import { removeAccount } from './remove-account.ts'

let api: Awaited<ReturnType<typeof describedApi>>
let product: { id: number; name: string }
const email = `${randomUUID()}@example.com`
const name = "O'Brien's 北京 lamp 👩‍🚀 select * from"

const readProduct = () => api.call('GET', `/api/products/${product.id}`, { headers: pastTheCache })

beforeAll(async () => {
  api = await describedApi()
  const body = { name, description: 'line one\nline two\t<b>', price: 19.99, stock: 10, category: 'home' }
  product = (await api.call('POST', '/api/products', { body })).body
})

afterAll(async () => {
  await removeAccount(email)
  expect((await api.call('DELETE', `/api/products/${product.id}`)).status).toBe(204)
  expect((await readProduct()).status).toBe(404)
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
  expect((await readProduct()).body.stock).toBe(8)
})

test('an order that cannot be is refused with a described reason and gives its stock back', async () => {
  const stock = async () => (await readProduct()).body.stock
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

test('somebody registers, signs in, sees their own orders alone, and may do more once they are staff', async () => {
  const credentials = { email, password: 'correct horse battery' }
  const account = (await api.call('POST', '/api/auth/register', { body: { ...credentials, name } })).body
  expect(account).toMatchObject({ email, name, role: 'customer' })
  const signIn = async () => (await api.call('POST', '/api/auth/login', { body: credentials })).body
  const as = (tokens: { access_token: string }) => ({ headers: { authorization: `Bearer ${tokens.access_token}` } })

  const customer = await signIn()
  expect((await api.call('GET', '/api/auth/me', as(customer))).body).toEqual(account)
  const wish = { product_id: product.id, quantity: 1 }
  const [own, foreign] = [
    (await api.call('POST', '/api/orders', { body: wish, ...as(customer) })).body,
    (await api.call('POST', '/api/orders', { body: wish })).body,
  ]
  const listed = (await api.call('GET', '/api/orders', as(customer))).body.orders
  expect(listed.map(({ id }: { id: number }) => id)).toEqual([own.id])
  expect((await api.call('GET', `/api/orders/${own.id}`, as(customer))).status).toBe(200)
  expect((await api.call('GET', `/api/orders/${foreign.id}`, as(customer))).status).toBe(404)
  const change = { body: { stock: 50 } }
  expect((await api.call('PATCH', `/api/products/${product.id}`, { ...change, ...as(customer) })).status).toBe(403)

  expect(runScript(`node scripts/account.ts role ${email} staff`)).toMatchObject({ status: 0 })
  const staff = (await api.call('POST', '/api/auth/refresh', { body: { refresh_token: customer.refresh_token } })).body
  expect((await api.call('PATCH', `/api/products/${product.id}`, { ...change, ...as(staff) })).status).toBe(200)
  expect((await api.call('GET', `/api/orders/${foreign.id}`, as(staff))).status).toBe(200)

  const refund = (who: { access_token: string }) => api.call('POST', `/api/orders/${own.id}/refund`, as(who))
  expect((await refund(customer)).status).toBe(403)
  await expect.poll(async () => (await refund(staff)).body.status, { timeout: 10_000 }).toBe('refunded')

  const { refresh_token } = staff
  expect((await api.call('POST', '/api/auth/logout', { body: { refresh_token } })).status).toBe(204)
  expect((await api.call('POST', '/api/auth/refresh', { body: { refresh_token } })).status).toBe(401)
  const forged = { access_token: `${staff.access_token.slice(0, -4)}AAAA` }
  expect((await api.call('GET', '/api/products?limit=1', as(forged))).status).toBe(401)
})
