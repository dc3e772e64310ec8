import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { AuditTrail } from '@secure-ecommerce/kit/audit-trail'
import { Secret } from '@secure-ecommerce/kit/secret'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import { orderStatuses } from '@secure-ecommerce/order-api/order-status'
import { createApp as createProductApi } from '@secure-ecommerce/product-api/app'
import { stockStore } from '@secure-ecommerce/product-api/stock-store'
import supertest from 'supertest'
import { describe, expect, test } from 'vitest'
import { tell } from '../../../scripts/audit/tell.ts'
import { psql } from '../../../scripts/stack/psql.ts'
import type { AuditEntry } from '../../../services/kit/src/audit-entry.ts'
import { ownOrders, testDatabase } from '../../unit/database.ts'
import { silentLog } from '../../unit/log.ts'
import { orderService } from '../../unit/order-service.ts'
import { paymentDatabase, startPayments } from '../../unit/payment-service.ts'
import { bearer, identifyIn } from '../../unit/people.ts'
import { keptTrail } from '../../unit/trail.ts'

const [products, orders, payments] = [testDatabase('products'), ownOrders(), paymentDatabase()]
const productService = (trail: AuditTrail) =>
  supertest(
    createProductApi({
      ...{ log: silentLog, database: products, trail, identify: identifyIn('enforced') },
      ...{ stockApiKey: new Secret('stock-key'), reservationMinutes: 30, cacheSeconds: 1 },
    }),
  )
const productApi = productService(keptTrail)
const orderApi = orderService(orders, 'enforced')
const requestId = () => randomUUID().replaceAll('-', '')

async function entriesOf(database: typeof products, subject: string, id: string): Promise<AuditEntry[]> {
  const { rows } = await database.query(
    'select * from audit_entries where subject = $1 and subject_id = $2 order by id',
    [subject, id],
  )
  return rows
}

test("a product's life: who, from where, in which request, and what was before and after", async () => {
  const staff = randomUUID()
  const headers = { ...(await bearer('staff', staff)), 'x-forwarded-for': '192.0.2.7' }
  const requests = [requestId(), requestId(), requestId()] as const
  const mug = { name: 'Mug', price: 12.5, stock: 3 }
  const { id } = (await productApi.post('/api/products').set(headers).set('x-request-id', requests[0]).send(mug)).body
  await productApi
    .patch(`/api/products/${id}`)
    .set(headers)
    .set('x-request-id', requests[1])
    .send({ price: 9.99, stock: 5 })
  await productApi.delete(`/api/products/${id}`).set(headers).set('x-request-id', requests[2])

  const who = {
    actor: staff,
    role: 'staff',
    address: '192.0.2.7',
    subject: 'product',
    subject_id: String(id),
    result: 'done',
  }
  expect(await entriesOf(products, 'product', String(id))).toMatchObject([
    { ...who, action: 'product.added', request_id: requests[0], details: { name: 'Mug', price_cents: 1250, stock: 3 } },
    {
      ...who,
      action: 'product.changed',
      request_id: requests[1],
      details: { price_cents: ['1250', '999'], stock: ['3', '5'] },
    },
    { ...who, action: 'product.deleted', request_id: requests[2], details: { name: 'Mug' } },
  ])
  const kept = await products.query('select count(*)::int as count from products where id = $1 and acted is not null', [
    id,
  ])
  expect(kept.rows[0].count).toBe(0)
})

test('what an order does to stock is one entry for each turn, and none of the product', async () => {
  const { rows } = await products.query(
    `insert into products (name, price_cents, stock) values ('Lamp', 250, 4) returning id`,
  )
  const stock = stockStore(products, 30)
  const [kept, back] = [randomUUID(), randomUUID()]
  const product_id = rows[0].id
  for (const reference of [kept, back]) await stock.reserve({ reference, items: [{ product_id, quantity: 2 }] })
  const late = randomUUID()
  await stock.reserve({ reference: late, items: [{ product_id, quantity: 2 }] })
  await stock.confirm([kept])
  await stock.release([back])

  const actions = async (reference: string) =>
    (await entriesOf(products, 'stock', reference)).map(({ action }) => action)
  expect(await actions(kept)).toEqual(['stock.held', 'stock.confirmed'])
  expect(await actions(back)).toEqual(['stock.held', 'stock.released'])
  expect(await entriesOf(products, 'stock', late)).toMatchObject([
    { action: 'stock.refused', result: 'refused', details: { reason: 'out_of_stock' } },
  ])
  expect((await entriesOf(products, 'product', String(product_id))).map(({ action }) => action)).toEqual([
    'product.added',
  ])
})

test('an order is written down by whom it was placed for, then by the service, under the request that placed it', async () => {
  const [ada, request] = [randomUUID(), requestId()]
  const headers = { ...(await bearer('customer', ada)), 'x-forwarded-for': '192.0.2.8', 'x-request-id': request }
  const { body } = await orderApi.post('/api/orders').set(headers).send({ product_id: 1, quantity: 2 })
  const found = await entriesOf(orders, 'order', String(body.id))
  const service = { actor: 'order-api', role: 'service', address: null, request_id: request, result: 'done' }
  expect(found).toMatchObject([
    {
      actor: ada,
      role: 'customer',
      address: '192.0.2.8',
      action: 'order.placed',
      request_id: request,
      details: { reference: expect.any(String) },
    },
    { ...service, action: 'order.reserved', details: { total_cents: 2500 } },
    { ...service, action: 'order.paid' },
  ])
})

test('a charge that is declined and one that is refunded', async () => {
  await using service = startPayments(payments)
  const [declined, refunded] = [randomUUID(), randomUUID()]
  await service.charge(declined, { token: 'tok_chargeDeclined' })
  await service.charge(refunded)
  await service.refund(refunded)
  const told = async (reference: string) =>
    (await entriesOf(payments, 'payment', reference)).map(({ action, result, details }) => [
      action,
      result,
      details.reason,
    ])
  expect(await told(declined)).toEqual([
    ['payment.intended', 'done', undefined],
    ['payment.declined', 'refused', 'card_declined'],
  ])
  expect((await told(refunded)).map(([action]) => action)).toEqual([
    'payment.intended',
    'payment.captured',
    'payment.refund_requested',
    'payment.refunded',
  ])
})

describe('people', () => {
  const password = 'correct horse battery'
  const from = () => ({ 'x-forwarded-for': `198.51.100.${Math.ceil(Math.random() * 250)}` })

  test('registering, signing in, failing to, and signing out', async () => {
    const [email, address] = [`${randomUUID()}@example.com`, from()]
    const post = (path: string, body: object) => orderApi.post(`/api/auth/${path}`).set(address).send(body)
    const { id } = (await post('register', { email, password, name: 'Ada' })).body
    await post('login', { email, password: 'wrong horse battery' })
    const tokens = (await post('login', { email, password })).body
    const { refresh_token } = (await post('refresh', tokens.refresh_token && { refresh_token: tokens.refresh_token }))
      .body
    await post('logout', { refresh_token })
    const again = (await post('login', { email, password })).body
    await post('refresh', { refresh_token: again.refresh_token })
    await post('refresh', { refresh_token: again.refresh_token })

    const found = await entriesOf(orders, 'account', id)
    expect(found.map(({ actor, action, result }) => [actor, action, result])).toEqual([
      ['guest', 'account.registered', 'done'],
      ['guest', 'session.opened', 'refused'],
      [id, 'session.opened', 'done'],
      ['guest', 'session.ended', 'done'],
      [id, 'session.opened', 'done'],
      ['guest', 'session.ended_as_copied', 'refused'],
    ])
    expect(found.every((entry) => entry.address === address['x-forwarded-for'] && entry.request_id !== null)).toBe(true)
    expect(JSON.stringify(found)).not.toMatch(new RegExp(`${email}|Ada|horse|${refresh_token}`))
  })

  test('a failure to sign in to no account at all', async () => {
    const address = from()
    const request = requestId()
    await orderApi
      .post('/api/auth/login')
      .set(address)
      .set('x-request-id', request)
      .send({ email: 'nobody@example.com', password })
    const { rows } = await orders.query('select * from audit_entries where request_id = $1', [request])
    expect(rows).toMatchObject([{ actor: 'guest', action: 'session.opened', subject_id: 'none', result: 'refused' }])
  })
})

test('what the operator does by hand is written down as well', async () => {
  const email = `${randomUUID()}@example.com`
  const password = 'correct horse battery'
  const { id } = (await orderApi.post('/api/auth/register').send({ email, password, name: 'Ada' })).body
  await psql('eunit-order-db', 'orders', [
    `update accounts set role = 'staff' where id = '${id}'; delete from accounts where id = '${id}';`,
  ])
  const operator = { actor: 'operator', role: 'operator', address: null, result: 'done' }
  expect((await entriesOf(orders, 'account', id)).slice(1)).toMatchObject([
    { ...operator, action: 'account.role_changed', details: { role: ['customer', 'staff'] } },
    { ...operator, action: 'account.removed' },
  ])

  const [product = ''] = await psql('eunit-product-db', 'products', [
    `insert into products (name, price_cents, stock) select 'Vase', 100, 1 from generate_series(1, 3) returning id;`,
  ])
  await psql('eunit-product-db', 'products', [
    `update products set stock = 9, price_cents = 1 where id = ${product}; delete from products where id = ${product};`,
  ])
  expect(await entriesOf(products, 'product', product)).toMatchObject([
    { ...operator, action: 'product.changed', details: { stock: ['1', '9'], price_cents: ['100', '1'] } },
    { ...operator, action: 'product.erased', details: { name: 'Vase' } },
  ])
  const loaded = await entriesOf(products, 'catalogue', `${product}-${Number(product) + 2}`)
  expect(loaded).toMatchObject([{ ...operator, action: 'catalogue.loaded', details: { products: 3 } }])
})

const told: AuditEntry = {
  ...{ id: 1, at: '2026-11-21T18:00:00.000000Z', actor: 'ada', role: 'customer', address: '192.0.2.1', result: 'done' },
  ...{ request_id: null, action: 'order.placed', subject: 'order', subject_id: '17', details: {} },
}

test.each([
  { entry: told, text: 'customer ada from 192.0.2.1 placed order 17' },
  {
    entry: {
      ...told,
      actor: 'order-api',
      role: 'service',
      address: null,
      action: 'order.rejected',
      details: { reason: 'card_declined' },
    },
    text: 'order-api rejected order 17: card declined',
  },
  {
    entry: { ...told, actor: 'guest', role: 'guest', action: 'session.opened', subject_id: 'none', result: 'refused' },
    text: 'guest from 192.0.2.1 failed to sign in to account none',
  },
])('it is told as: $text', ({ entry, text }) => {
  expect(tell(entry)).toBe(`2026-11-21 18:00:00  ${text}`)
})

/** Those that a statement names, and those that are named after what something became. */
function everyAction(): string[] {
  const sources = [
    ...['orders/005', 'payments/006', 'products/006'].map(
      (name) => `database/migrations/${name}_keep_an_audit_trail.sql`,
    ),
    ...['session-store', 'account-store'].map((name) => `services/order-api/src/${name}.ts`),
    ...['services/kit/src/refusals.ts', 'scripts/secrets/create.ts', 'scripts/audit.ts', 'scripts/seed/statements.ts'],
  ]
  const kinds = 'order|stock|payment|product|catalogue|account|session|caller|secret|trail'
  const named = sources.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(new RegExp(`'((?:${kinds})\\.[a-z_]+)'`, 'g'))].map(
      ([, action]) => action as string,
    ),
  )
  const became = [
    ...orderStatuses.filter((status) => status !== 'pending').map((status) => `order.${status}`),
    ...['held', 'confirmed', 'released', 'refused'].map((status) => `stock.${status}`),
    ...['intended', 'captured', 'declined', 'voided', 'refunded'].map((status) => `payment.${status}`),
    'policy.incident',
  ]
  return [...new Set([...named, ...became])]
}

test.each(everyAction())('%s has words', (action) => {
  const details = { role: ['customer', 'staff'] }
  expect(tell({ ...told, action, details })).not.toContain(action)
})

test('no action was overlooked', () => expect(everyAction().length).toBeGreaterThanOrEqual(32))

test('no service changes anything while its trail is not kept, and each still reads', async () => {
  const lost: AuditTrail = {
    ...keptTrail,
    check() {
      throw new ServiceError('unavailable', 'not kept')
    },
  }
  await using service = startPayments(payments, { trail: lost })
  const [productsOf, ordersOf] = [productService(lost), orderService(orders, 'demo', lost)]
  const reserve = productsOf.post('/internal/stock/reservations').set('x-api-key', 'stock-key').send({ orders: [] })
  for (const answer of [
    await productsOf
      .post('/api/products')
      .set(await bearer('staff'))
      .send({ name: 'Mug', price: 1, stock: 1 }),
    await reserve,
    await ordersOf.post('/api/orders').send({ product_id: 1, quantity: 1 }),
    await ordersOf.post('/api/auth/login').send({ email: 'ada@example.com', password: 'correct horse battery' }),
    await service.charge(randomUUID()),
    await productsOf.get('/ready'),
    await ordersOf.get('/ready'),
  ]) {
    expect([answer.status, answer.body.error]).toEqual([503, 'not kept'])
  }
  expect((await productsOf.get('/api/products')).status).toBe(200)
  expect((await ordersOf.get('/api/orders')).status).toBe(200)
  expect((await service.read(randomUUID())).status).toBe(404)
})
