import { randomUUID } from 'node:crypto'
import { NotSentError } from '@secure-ecommerce/kit/client'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import supertest from 'supertest'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../tests/unit/database.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { createApp } from './app.ts'
import type { WantedItem } from './order-contract.ts'
import type { PaymentClient } from './payment-client.ts'
import type { StockClient } from './stock-client.ts'

const database = testDatabase('orders')

/** The neighbours as they are when nothing is wrong; each test says what is. They keep what they were asked. */
function shop(wrong: { stock?: Partial<StockClient>; payments?: Partial<PaymentClient> } = {}) {
  const calls: unknown[][] = []
  const stock: StockClient = {
    async reserve(_reference, items) {
      calls.push(['reserve', items])
      return items.map((item: WantedItem) => ({ ...item, name: `Product ${item.product_id}`, price_cents: 1250 }))
    },
    async release() {
      calls.push(['release'])
    },
    ...wrong.stock,
  }
  const payments: PaymentClient = {
    async charge(_reference, amountCents, token) {
      calls.push(['charge', amountCents, token])
      return { status: 'captured', reason: null }
    },
    ...wrong.payments,
  }
  const api = supertest(createApp({ log: silentLog, database, stock, payments }))
  const order = (body: object, key?: string) => {
    const request = api.post('/api/orders').send(body)
    return key ? request.set('idempotency-key', key) : request
  }
  const newest = async () => (await api.get('/api/orders').query({ limit: 1 })).body.orders[0]
  return { api, order, newest, calls }
}

test('an order is reserved, charged, stored and read back as it was answered', async () => {
  const { api, order, calls } = shop()
  const address = "Siobhán O'Brien\n北京市 1"
  const placed = await order({ product_id: 3, quantity: 2, email: 'a@example.com', address })
  expect(placed).toMatchObject({
    status: 201,
    body: {
      status: 'paid',
      reason: null,
      items: [{ product_id: 3, quantity: 2, name: 'Product 3', price: 12.5 }],
      total: 25,
      email: 'a@example.com',
      address,
    },
  })
  expect(calls).toEqual([
    ['reserve', [{ product_id: 3, quantity: 2 }]],
    ['charge', 2500, 'tok_visa'],
  ])
  expect((await api.get(`/api/orders/${placed.body.id}`)).body).toEqual(placed.body)
})

test('orders are listed newest first, in pages that follow each other', async () => {
  const { api, order } = shop()
  const ids: number[] = []
  for (let n = 0; n < 3; n++) ids.push((await order({ items: [{ product_id: 1, quantity: 1 }] })).body.id)
  const { orders, next_cursor } = (await api.get('/api/orders').query({ limit: 2 })).body
  const next = (await api.get('/api/orders').query({ limit: 1, cursor: next_cursor })).body
  expect([...orders, ...next.orders].map(({ id }) => id)).toEqual(ids.toReversed())
})

const short = new ServiceError('conflict', 'Not enough stock', { details: ['product 3 has 1 left, 2 wanted'] })
const away = new NotSentError('unavailable', 'The payment service is not available')
const fail = (error: Error) => () => Promise.reject(error)

test.each([
  {
    why: 'stock is short',
    wrong: { stock: { reserve: fail(short) } },
    answer: { status: 409, error: 'Not enough stock' },
    left: { status: 'rejected', reason: 'out_of_stock' },
    calls: [],
  },
  {
    why: 'stock cannot be reached',
    wrong: { stock: { reserve: fail(away) } },
    answer: { status: 503, error: away.message },
    left: { status: 'rejected', reason: 'stock_unavailable' },
    calls: [],
  },
  {
    why: 'the card is declined',
    wrong: { payments: { charge: async () => ({ status: 'declined' as const, reason: 'insufficient_funds' }) } },
    answer: { status: 402, error: 'The payment was declined' },
    left: { status: 'rejected', reason: 'insufficient_funds' },
    calls: ['reserve', 'release'],
  },
  {
    why: 'payment cannot be reached',
    wrong: { payments: { charge: fail(away) } },
    answer: { status: 503, error: away.message },
    left: { status: 'rejected', reason: 'payment_unavailable' },
    calls: ['reserve', 'release'],
  },
  {
    why: 'the answer to a charge is lost: what was reserved stays, for the money may have moved',
    wrong: { payments: { charge: fail(new ServiceError('unavailable', 'timeout')) } },
    answer: { status: 503, error: 'timeout' },
    left: { status: 'reserved', reason: null },
    calls: ['reserve'],
  },
  {
    why: 'payment refuses order-api itself, which is no fault of the customer,',
    wrong: { payments: { charge: fail(new ServiceError('forbidden', 'This route is for other services')) } },
    answer: { status: 503, error: 'The order could not be placed at the moment' },
    left: { status: 'rejected', reason: 'payment_unavailable' },
    calls: ['reserve', 'release'],
  },
])('when $why the answer says so', async ({ wrong, answer, left, calls: expected }) => {
  const { order, newest, calls } = shop(wrong)
  const { status, body, headers } = await order({ product_id: 3, quantity: 2 })
  expect({ status, error: body.error }).toEqual(answer)
  expect(headers['retry-after']).toBe(status === 503 ? '2' : undefined)
  expect(await newest()).toMatchObject(left)
  expect(calls.map(([name]) => name)).toEqual(expected)
})

test('the same Idempotency-Key is one order, whichever way the same request is written', async () => {
  const { order, calls } = shop()
  const key = randomUUID()
  const first = await order({ product_id: 3, quantity: 2 }, key)
  const second = await order({ quantity: 2, product_id: 3, email: null }, key)
  expect(second).toMatchObject({ status: 201, body: first.body })
  expect(calls.filter(([name]) => name === 'charge')).toHaveLength(1)
  expect(await order({ product_id: 3, quantity: 1 }, key)).toMatchObject({
    status: 422,
    body: { error: 'This Idempotency-Key was used for another order' },
  })
})

test('twenty requests with one key at the same time make one order', async () => {
  const { order, calls } = shop()
  const key = randomUUID()
  const answers = await Promise.all(Array.from({ length: 20 }, () => order({ product_id: 3, quantity: 2 }, key)))
  const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id))
  expect(ids.size).toBe(1)
  for (const { status, headers } of answers)
    if (status !== 201) expect([status, headers['retry-after']]).toEqual([409, '1'])
  expect(calls.filter(([name]) => name === 'charge')).toHaveLength(1)
})

test('an order that a missing neighbour prevented can be placed again with its key', async () => {
  const key = randomUUID()
  const prevented = await shop({ payments: { charge: fail(away) } }).order({ product_id: 3, quantity: 2 }, key)
  expect([prevented.status, prevented.headers['retry-after']]).toEqual([503, '2'])
  expect((await shop().order({ product_id: 3, quantity: 2 }, key)).body).toMatchObject({ status: 'paid' })
})

test('an order that stopped half way is taken up by the same request, once enough time has passed', async () => {
  const key = randomUUID()
  const lost = shop({ payments: { charge: fail(new ServiceError('unavailable', 'timeout')) } })
  expect((await lost.order({ product_id: 3, quantity: 2 }, key)).status).toBe(503)
  const { order, newest } = shop()
  expect(await order({ product_id: 3, quantity: 2 }, key)).toMatchObject({
    status: 409,
    headers: { 'retry-after': '1' },
  })

  await database.query("update orders set updated_at = now() - interval '1 minute' where idempotency_key = $1", [key])
  const answers = await Promise.all([1, 2, 3].map(() => order({ product_id: 3, quantity: 2 }, key)))
  expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0)
  expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([])
  expect(await newest()).toMatchObject({ status: 'paid', total: 25 })
})

test('an order that is taken up keeps its stock and its key when payment is away: the first charge may have happened', async () => {
  const key = randomUUID()
  await shop({ payments: { charge: fail(new ServiceError('unavailable', 'timeout')) } }).order(
    { product_id: 3, quantity: 2 },
    key,
  )
  await database.query("update orders set updated_at = now() - interval '1 minute' where idempotency_key = $1", [key])

  const { order, newest, calls } = shop({ payments: { charge: fail(away) } })
  expect((await order({ product_id: 3, quantity: 2 }, key)).status).toBe(503)
  expect(calls.map(([name]) => name)).toEqual(['reserve'])
  expect(await newest()).toMatchObject({ status: 'reserved' })
  expect((await order({ product_id: 3, quantity: 2 }, key)).status).toBe(409)
})

test('a declined order stays declined for its key', async () => {
  const { order } = shop({ payments: { charge: async () => ({ status: 'declined', reason: 'card_declined' }) } })
  const key = randomUUID()
  const answers = [await order({ product_id: 3, quantity: 2 }, key), await order({ product_id: 3, quantity: 2 }, key)]
  for (const { status, body } of answers) expect([status, body.details]).toEqual([402, ['card_declined']])
})

test.each([
  { why: 'a quantity of 0', body: { product_id: 1, quantity: 0 } },
  { why: 'a quantity of a billion', body: { product_id: 1, quantity: 1e9 } },
  { why: 'no quantity', body: { product_id: 1 } },
  { why: 'no items', body: { items: [] } },
  { why: 'nothing', body: {} },
  { why: 'both forms', body: { product_id: 1, quantity: 1, items: [{ product_id: 1, quantity: 1 }] } },
  { why: 'a product twice', body: { items: [1, 1].map((product_id) => ({ product_id, quantity: 1 })) } },
  { why: 'a card number', body: { product_id: 1, quantity: 1, payment_token: '4242424242424242' } },
  { why: 'a price of its own', body: { product_id: 1, quantity: 1, price: 0.01 } },
  { why: 'an e-mail that is none', body: { product_id: 1, quantity: 1, email: 'O’Brien' } },
])('an order with $why is refused', async ({ body }) => {
  const { order, calls } = shop()
  expect((await order(body)).status).toBe(400)
  expect(calls).toEqual([])
})

test('a key with spaces is refused', async () => {
  expect((await shop().order({ product_id: 1, quantity: 1 }, 'two words')).status).toBe(400)
})

test('an order that does not exist is 404', async () => {
  expect(await shop().api.get('/api/orders/999999999')).toMatchObject({
    status: 404,
    body: { error: 'No order 999999999' },
  })
})
