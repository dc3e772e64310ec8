import { randomUUID } from 'node:crypto'
import { NotSentError } from '@secure-ecommerce/kit/client'
import { Secret } from '@secure-ecommerce/kit/secret'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import { sign, signatureHeader } from '@secure-ecommerce/kit/signature'
import supertest from 'supertest'
import { afterEach, expect, test, vi } from 'vitest'
import { ownOrders } from '../../../tests/unit/database.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { bearer, identifyIn, signingKey } from '../../../tests/unit/people.ts'
import { keptTrail } from '../../../tests/unit/trail.ts'
import { createApp } from './app.ts'
import { transitions } from './order-status.ts'
import type { Payment, PaymentClient } from './payment-client.ts'
import type { Reservation, StockClient } from './stock-client.ts'

const database = ownOrders()
const webhookKey = new Secret('webhook')
const stoppers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stoppers.splice(0)) await stop()
})

/** The neighbours as they are when nothing is wrong; each test says what is. They keep what they were asked. */
function shop(
  { stock: wrongStock = {}, payments: wrongPayments = {}, patience = 25, authMode = 'demo' } = {} as Wrong,
) {
  const calls: unknown[][] = []
  const stock: StockClient = {
    async reserve(_reference, items) {
      calls.push(['reserve', items.map(({ product_id, quantity }) => ({ product_id, quantity }))])
      const reserved = items.map(({ product_id, quantity }) => ({ product_id, quantity }))
      return {
        outcome: 'reserved',
        items: reserved.map((item) => ({ ...item, name: `Product ${item.product_id}`, price_cents: 1250 })),
      }
    },
    async confirm(references) {
      calls.push(['confirm'])
      return { confirmed: references, lapsed: [] }
    },
    async release() {
      calls.push(['release'])
    },
    ...wrongStock,
  }
  const payments: PaymentClient = {
    async charge(_reference, amountCents, token) {
      calls.push(['charge', amountCents, token])
      return captured
    },
    async void() {
      calls.push(['void'])
      return { status: 'voided', reason: null }
    },
    async refund() {
      calls.push(['refund'])
      return { status: 'refunded', reason: null }
    },
    ...wrongPayments,
  }
  const { app, workers } = createApp({
    ...{ log: silentLog, database, trail: keptTrail, stock, payments, webhookKey, patience },
    ...{ identify: identifyIn(authMode), signingKey, linkKey: new Secret('link') },
  })
  const api = supertest(app)
  const order = (body: object, key?: string) => {
    const request = api.post('/api/orders').send(body)
    return key ? request.set('idempotency-key', key) : request
  }
  const read = async (id: number) => (await api.get(`/api/orders/${id}`)).body
  const newest = async () => (await api.get('/api/orders').query({ limit: 1 })).body.orders[0]
  /** Lets the workers work until an order is in a state. */
  const becomes = async (id: number, status: string) => {
    for (const worker of workers) worker.start()
    stoppers.push(async () => void (await Promise.all(workers.map((worker) => worker.stop()))))
    await vi.waitFor(async () => expect(await read(id)).toMatchObject({ status }), { timeout: 5_000, interval: 50 })
    return read(id)
  }
  /** As payment-api tells of what took longer. */
  const tell = async (event: object, header?: string) => {
    const body = JSON.stringify(event)
    const request = api.post('/internal/payment-events').set('content-type', 'application/json')
    return request.set(signatureHeader, header ?? sign(webhookKey, body)).send(body)
  }
  return { api, order, read, newest, becomes, tell, calls }
}

type Wrong = {
  stock?: Partial<StockClient>
  payments?: Partial<PaymentClient>
  patience?: number
  authMode?: 'demo' | 'enforced'
}

const captured: Payment = { status: 'captured', reason: null }
const wanted = { product_id: 3, quantity: 2 }
const names = (calls: unknown[][]) => calls.map(([name]) => name)
const away = new NotSentError('unavailable', 'The payment service is not available')
const fail = (error: Error) => () => Promise.reject(error)
const refused =
  (reason: 'out_of_stock' | 'no_such_product', left = 1) =>
  async (): Promise<Reservation> => ({
    outcome: 'refused',
    reason,
    shortages: reason === 'out_of_stock' ? [{ product_id: 3, left }] : [],
  })

/** Whoever placed these orders is long gone. */
const makeDue = (id: number) =>
  database.query("update orders set due_at = now() - interval '1 second' where id = $1", [id])

test('an order is reserved, charged, stored and read back as it was answered', async () => {
  const { order, read, calls } = shop()
  const address = "Siobhán O'Brien\n北京市 1"
  const placed = await order({ ...wanted, email: 'a@example.com', address })
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
    ['reserve', [wanted]],
    ['charge', 2500, 'tok_visa'],
  ])
  const { events, ...stored } = await read(placed.body.id)
  expect(stored).toEqual(placed.body)
  expect(events.map(({ status }: { status: string }) => status)).toEqual(['pending', 'reserved', 'paid'])
})

test('a paid order is fulfilled by itself, once its stock is confirmed', async () => {
  const { order, becomes, calls } = shop()
  const { id } = (await order(wanted)).body
  await becomes(id, 'fulfilled')
  expect(names(calls)).toEqual(['reserve', 'charge', 'confirm'])
})

/** An order whose goods have gone out, in a shop where things may be wrong from then on. */
async function fulfilled(wrong?: Wrong) {
  const { order, becomes } = shop()
  const { id } = (await order(wanted)).body
  await becomes(id, 'fulfilled')
  for (const stop of stoppers.splice(0)) await stop()
  const made = shop(wrong)
  return { ...made, id, refund: () => made.api.post(`/api/orders/${id}/refund`) }
}

test('a fulfilled order is refunded once, and asking again says so', async () => {
  const { refund, calls } = await fulfilled()
  const [first, again] = [await refund(), await refund()]
  const order = { status: 'refunded', reason: 'refunded_by_shop', total: 25 }
  expect(first).toMatchObject({ status: 200, body: order })
  expect(first.body.events.at(-1)).toMatchObject({ status: 'refunded', reason: 'refunded_by_shop' })
  expect(again).toMatchObject({ status: 200, body: first.body })
  expect(names(calls).filter((name) => name === 'refund' || name === 'release')).toEqual(['refund'])
})

test('a refund that is asked for ten times at once is one, under one message', async () => {
  const { refund, id } = await fulfilled({ payments: { refund: fail(away) } })
  const answers = await Promise.all(Array.from({ length: 10 }, async () => refund()))
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.status}`))).toEqual(new Set(['202 fulfilled']))
  const { rows } = await database.query('delete from outbox where order_id = $1 returning message', [id])
  expect(rows).toEqual([{ message: 'refund_payment' }])
})

test.each([
  { why: 'does not answer', first: fail(away) },
  { why: 'does not know yet', first: async () => captured },
])('where the payment service $why the relay sees to the refund', async ({ first }) => {
  const answers = [first, async (): Promise<Payment> => ({ status: 'refunded', reason: null })]
  const ask = async (): Promise<Payment> => (answers.shift() ?? fail(away))()
  const { refund, becomes, id } = await fulfilled({ payments: { refund: ask } })
  expect(await refund()).toMatchObject({ status: 202, body: { status: 'fulfilled' } })
  expect(await becomes(id, 'refunded')).toMatchObject({ reason: 'refunded_by_shop' })
  expect(answers).toEqual([])
})

test('an order that is paid has its goods confirmed before it is refunded', async () => {
  const { api, order, becomes, calls } = shop()
  const { id } = (await order(wanted)).body
  expect(await api.post(`/api/orders/${id}/refund`)).toMatchObject({ status: 202, body: { status: 'paid' } })
  const { events, reason } = await becomes(id, 'refunded')
  const passed = events.map(({ status }: { status: string }) => status)
  expect(passed).toEqual(['pending', 'reserved', 'paid', 'fulfilled', 'refunded'])
  expect(reason).toBe('refunded_by_shop')
  expect(names(calls).slice(-2)).toEqual(['confirm', 'refund'])
})

test('should its goods turn out to be gone, it is refunded for that, and once', async () => {
  const lapsed = async (references: string[]) => ({ confirmed: [], lapsed: references })
  const { api, order, becomes, calls } = shop({ stock: { confirm: lapsed } })
  const { id } = (await order(wanted)).body
  await api.post(`/api/orders/${id}/refund`)
  expect(await becomes(id, 'refunded')).toMatchObject({ reason: 'goods_gone' })
  expect(names(calls).filter((name) => name === 'refund')).toHaveLength(1)
})

test('where nothing was paid there is nothing to refund', async () => {
  const { api, order, newest } = shop({ payments: { charge: fail(away) } })
  const { id } = (await order(wanted)).body
  const open = await api.post(`/api/orders/${id}/refund`)
  expect(open).toMatchObject({ status: 409, body: { error: 'There is nothing to refund: the order is reserved' } })
  const declined = shop({ payments: { charge: async () => ({ status: 'declined', reason: 'card_declined' }) } })
  await declined.order(wanted)
  const rejected = await api.post(`/api/orders/${(await newest()).id}/refund`)
  expect(rejected).toMatchObject({ status: 409, body: { error: 'There is nothing to refund: the order is rejected' } })
  expect((await api.post('/api/orders/999999999/refund')).status).toBe(404)
})

test('a paid order whose goods are gone is refunded', async () => {
  const confirm = async (references: string[]) => ({ confirmed: [], lapsed: references })
  const { order, becomes } = shop({ stock: { confirm } })
  const { id } = (await order(wanted)).body
  expect(await becomes(id, 'refunded')).toMatchObject({ reason: 'goods_gone' })
})

test('orders are listed newest first, in pages that follow each other', async () => {
  const { api, order } = shop()
  const ids: number[] = []
  for (let n = 0; n < 3; n++) ids.push((await order({ items: [{ product_id: 1, quantity: 1 }] })).body.id)
  const { orders, next_cursor } = (await api.get('/api/orders').query({ limit: 2 })).body
  const next = (await api.get('/api/orders').query({ limit: 1, cursor: next_cursor })).body
  expect([...orders, ...next.orders].map(({ id }) => id)).toEqual(ids.toReversed())
})

test.each([
  {
    why: 'stock is short',
    wrong: { stock: { reserve: refused('out_of_stock') } },
    answer: { status: 409, error: 'Not enough stock' },
    left: { status: 'rejected', reason: 'out_of_stock' },
    called: [],
  },
  {
    why: 'there is no such product',
    wrong: { stock: { reserve: refused('no_such_product') } },
    answer: { status: 422, error: 'No such product' },
    left: { status: 'rejected', reason: 'no_such_product' },
    called: [],
  },
  {
    why: 'the card is declined',
    wrong: { payments: { charge: async () => ({ status: 'declined' as const, reason: 'insufficient_funds' }) } },
    answer: { status: 402, error: 'The payment was declined' },
    left: { status: 'rejected', reason: 'insufficient_funds' },
    called: ['reserve'],
  },
])('when $why the answer says so', async ({ wrong, answer, left, called }) => {
  const { order, newest, calls } = shop(wrong)
  const { status, body } = await order(wanted)
  expect({ status, error: body.error }).toEqual(answer)
  expect(await newest()).toMatchObject(left)
  expect(names(calls)).toEqual(called)
})

test.each([
  { why: 'stock cannot be reached', wrong: { stock: { reserve: fail(away) } }, status: 'pending' },
  { why: 'payment cannot be reached', wrong: { payments: { charge: fail(away) } }, status: 'reserved' },
  {
    why: 'the answer to a charge is lost',
    wrong: { payments: { charge: fail(new ServiceError('unavailable', 'timeout')) } },
    status: 'reserved',
  },
  {
    why: 'payment refuses order-api itself, which is no fault of the customer',
    wrong: { payments: { charge: fail(new ServiceError('forbidden', 'This route is for other services')) } },
    status: 'reserved',
  },
  {
    why: 'the provider has not said what became of the charge',
    wrong: { payments: { charge: async () => ({ status: 'intended' as const, reason: null }) } },
    status: 'reserved',
  },
])('when $why the order is accepted, and completed by itself afterwards', async ({ wrong, status }) => {
  const key = randomUUID()
  const broken = shop(wrong)
  const accepted = await broken.order(wanted, key)
  expect([accepted.status, accepted.body.status]).toEqual([202, status])
  expect((await broken.order(wanted, key)).text).toBe(accepted.text)

  await makeDue(accepted.body.id)
  const { becomes, order } = shop()
  await becomes(accepted.body.id, 'fulfilled')
  expect(await order(wanted, key)).toMatchObject({ status: 202, text: accepted.text })
})

test('a declined order gives its stock back', async () => {
  const { order, newest, becomes, calls } = shop({
    payments: { charge: async () => ({ status: 'declined', reason: 'card_declined' }) },
  })
  await order(wanted)
  await becomes((await newest()).id, 'rejected')
  await vi.waitFor(() => expect(names(calls)).toContain('release'))
})

test('an order that could not be completed in time is cancelled: nothing is charged, nothing stays reserved', async () => {
  const { body } = await shop({ payments: { charge: fail(away) } }).order(wanted)
  await makeDue(body.id)
  await database.query("update orders set created_at = now() - interval '26 minutes' where id = $1", [body.id])
  const { becomes, calls } = shop()
  expect(await becomes(body.id, 'cancelled')).toMatchObject({ reason: 'not_completed_in_time' })
  await vi.waitFor(() => expect(names(calls)).toEqual(['void', 'release']))
})

test('an order that took too long but was charged is completed', async () => {
  const { body } = await shop({ payments: { charge: fail(new ServiceError('unavailable', 'timeout')) } }).order(wanted)
  await makeDue(body.id)
  await database.query("update orders set created_at = now() - interval '26 minutes' where id = $1", [body.id])
  await shop({ payments: { void: async () => captured } }).becomes(body.id, 'fulfilled')
})

test('no token is kept once an order is decided', async () => {
  const { order } = shop()
  const { id } = (await order({ ...wanted, payment_token: 'tok_mastercard' })).body
  const open = (await shop({ payments: { charge: fail(away) } }).order(wanted)).body.id
  const { rows } = await database.query('select payment_token from orders where id = any($1) order by id', [[id, open]])
  expect(rows).toEqual([{ payment_token: null }, { payment_token: 'tok_visa' }])
})

test('the same Idempotency-Key is one order, whichever way the same request is written, and answered byte for byte', async () => {
  const { order, becomes, calls } = shop()
  const key = randomUUID()
  const first = await order(wanted, key)
  await becomes(first.body.id, 'fulfilled')
  const second = await order({ quantity: 2, product_id: 3, email: null }, key)
  expect([second.status, second.text]).toEqual([201, first.text])
  expect(names(calls).filter((name) => name === 'charge')).toHaveLength(1)
  expect(await order({ product_id: 3, quantity: 1 }, key)).toMatchObject({
    status: 422,
    body: { error: 'This Idempotency-Key was used for another order' },
  })
})

test('a refusal is replayed byte for byte too', async () => {
  const { order } = shop({ payments: { charge: async () => ({ status: 'declined', reason: 'card_declined' }) } })
  const key = randomUUID()
  const [first, second] = [await order(wanted, key), await order(wanted, key)]
  expect([first.status, first.body.details, second.text]).toEqual([402, ['card_declined'], first.text])
})

test('twenty requests with one key at the same time make one order', async () => {
  const { order, calls } = shop()
  const key = randomUUID()
  const answers = await Promise.all(Array.from({ length: 20 }, () => order(wanted, key)))
  const texts = new Set(answers.filter(({ status }) => status === 201).map(({ text }) => text))
  expect(texts.size).toBe(1)
  const others = answers.filter(({ status }) => status !== 201)
  for (const { status, headers } of others) expect([status, headers['retry-after']]).toEqual([409, '1'])
  for (const _ of others) expect([...texts]).toEqual([(await order(wanted, key)).text])
  expect(names(calls).filter((name) => name === 'charge')).toHaveLength(1)
})

test('a key is free again after 24 hours', async () => {
  const { order } = shop()
  const key = randomUUID()
  const first = await order(wanted, key)
  await database.query("update idempotency_keys set expires_at = now() - interval '1 second' where key = $1", [key])
  const second = await order({ product_id: 4, quantity: 1 }, key)
  expect(second.status).toBe(201)
  expect(second.body.id).not.toBe(first.body.id)
})

test('what was sold out a moment ago is refused without an order; a key that was used is still answered', async () => {
  const key = randomUUID()
  const { order, calls, newest } = shop({ stock: { reserve: refused('out_of_stock', 1) } })
  const first = await order(wanted, key)
  const { id } = await newest()
  expect(await order(wanted)).toMatchObject({ status: 409, body: { error: 'Not enough stock' } })
  expect(await order(wanted, randomUUID())).toMatchObject({ status: 409, body: { error: 'Not enough stock' } })
  expect((await order(wanted, key)).text).toBe(first.text)
  expect(await newest()).toMatchObject({ id })
  expect(calls).toEqual([])
})

test('several who take up the same order charge it to one end', async () => {
  const { body } = await shop({ payments: { charge: fail(away) } }).order(wanted)
  await makeDue(body.id)
  const replicas = [shop(), shop(), shop()]
  await Promise.all(replicas.map(({ becomes }) => becomes(body.id, 'fulfilled')))
  const { rows } = await database.query('select status from order_events where order_id = $1 order by at', [body.id])
  expect(rows.map(({ status }) => status)).toEqual(['pending', 'reserved', 'paid', 'fulfilled'])
})

const event = (order_reference: string, type: string, id = randomUUID()) => ({
  ...{ id, type, order_reference, reason: type === 'payment.declined' ? 'card_declined' : null },
  ...{ amount_cents: 2500, currency: 'eur', created_at: new Date().toISOString() },
})

async function waiting() {
  const open = shop({ payments: { charge: async () => ({ status: 'intended', reason: null }) } })
  const { id } = (await open.order(wanted)).body
  const { rows } = await database.query('select reference from orders where id = $1', [id])
  return { ...open, id, reference: rows[0].reference as string }
}

test.each([
  ['payment.captured', 'paid'],
  ['payment.declined', 'rejected'],
])('%s that comes late ends the order as %s; told twice it happens once', async (type, status) => {
  const { tell, read, id, reference } = await waiting()
  const told = event(reference, type)
  expect((await tell(told)).status).toBe(204)
  expect((await tell(told)).status).toBe(204)
  expect(await read(id)).toMatchObject({ status })
  const { rows } = await database.query('select count(*)::integer as count from outbox where order_id = $1', [id])
  expect(rows).toEqual([{ count: 1 }])
})

test('what payment-api did not sign is not believed', async () => {
  const { tell, read, id, reference } = await waiting()
  const told = event(reference, 'payment.captured')
  expect((await tell(told, 'none')).status).toBe(403)
  expect((await tell(told, sign(new Secret('other'), JSON.stringify(told)))).status).toBe(403)
  expect(await read(id)).toMatchObject({ status: 'reserved' })
})

test('a message about an order that is not known is acknowledged; one that is none is refused', async () => {
  const { tell } = shop()
  expect((await tell(event(randomUUID(), 'payment.captured'))).status).toBe(204)
  expect((await tell({ id: 'x' })).status).toBe(400)
})

const states = Object.keys(transitions) as (keyof typeof transitions)[]

test.each(states.flatMap((from) => states.map((to) => [from, to] as const)))(
  'the database lets an order go from %s to %s exactly where the table of states does',
  async (from, to) => {
    if (from === to) return
    const connection = await database.connect()
    try {
      await connection.query('begin')
      const path = pathTo(from)
      const { rows } = await connection.query(
        `insert into orders (reference, customer, request_id, due_at) values (gen_random_uuid(), 'demo', repeat('0', 32), now()) returning id`,
      )
      const move = (status: string) =>
        connection.query(
          `update orders set status = $2, total_cents = 1, due_at = case when $2 in ('pending', 'reserved') then now() end,
             reason = case when $2 in ('rejected', 'cancelled', 'refunded') then 'test' end where id = $1`,
          [rows[0].id, status],
        )
      for (const status of path) await move(status)
      const outcome = await move(to).then(
        () => true,
        (error: Error) => error.message.includes('order_events') === false,
      )
      expect(outcome).toBe((transitions[from] as readonly string[]).includes(to))
    } finally {
      await connection.query('rollback')
      connection.release()
    }
  },
)

function pathTo(status: string): string[] {
  if (status === 'pending') return []
  const before = states.find((from) => (transitions[from] as readonly string[]).includes(status)) as string
  return [...pathTo(before), status]
}

test('the service can neither change nor forge what happened to an order', async () => {
  await expect(database.query('delete from order_events')).rejects.toThrow('permission denied')
  await expect(database.query("update order_events set reason = 'x'")).rejects.toThrow('permission denied')
  await expect(database.query("insert into order_events (order_id, status) values (1, 'pending')")).rejects.toThrow(
    'permission denied',
  )
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

const people = () => shop({ authMode: 'enforced' })

test('customers see their own orders, staff and admins all; to everybody else there is none', async () => {
  const { api, order } = people()
  const [ada, bob, staff, admin] = [
    await bearer('customer'),
    await bearer('customer'),
    await bearer('staff'),
    await bearer('admin'),
  ]
  const placed = (await order(wanted).set(ada)).body
  expect(placed.follow).toBeUndefined()
  for (const who of [ada, staff, admin]) {
    expect((await api.get(`/api/orders/${placed.id}`).set(who)).body).toMatchObject(placed)
    expect((await api.get('/api/orders').set(who)).body.orders[0]).toMatchObject({ id: placed.id })
  }
  for (const who of [bob, {}]) {
    expect(await api.get(`/api/orders/${placed.id}`).set(who)).toMatchObject({
      status: 404,
      body: { error: `No order ${placed.id}` },
    })
  }
  expect((await api.get('/api/orders').set(bob)).body).toEqual({ orders: [], next_cursor: null })
  expect((await api.get('/api/orders')).status).toBe(401)
})

test('pages of own orders leave out what others placed in between', async () => {
  const { api, order } = people()
  const [ada, bob] = [await bearer('customer'), await bearer('customer')]
  const ids: number[] = []
  for (const who of [ada, bob, ada, bob, ada]) {
    const { id } = (await order(wanted).set(who)).body
    if (who === ada) ids.unshift(id)
  }
  const first = (await api.get('/api/orders').query({ limit: 2 }).set(ada)).body
  const second = (await api.get('/api/orders').query({ limit: 2, cursor: first.next_cursor }).set(ada)).body
  expect([...first.orders, ...second.orders].map(({ id }) => id)).toEqual(ids)
})

test('a guest follows the order by its link, and nobody without it', async () => {
  const { api, order } = people()
  const [placed, other] = [(await order(wanted)).body, (await order(wanted)).body]
  expect(placed.follow).toMatch(new RegExp(`^/api/orders/${placed.id}\\?key=[A-Za-z0-9_-]{22}$`))
  const { follow, ...rest } = placed
  expect((await api.get(follow)).body).toMatchObject(rest)

  const key = (link: string) => new URLSearchParams(link.split('?')[1]).get('key') as string
  expect((await api.get(`/api/orders/${placed.id}`)).status).toBe(404)
  expect((await api.get(`/api/orders/${placed.id}?key=${key(other.follow)}`)).status).toBe(404)
  expect((await api.get(`/api/orders/${placed.id}?key=${'A'.repeat(22)}`)).status).toBe(404)
  expect((await api.get(`/api/orders/${placed.id}?key=short`)).status).toBe(400)
  expect(
    (await api.get(`/api/orders/${placed.id}`).set(await bearer('customer', 'guest'.padEnd(36, '0')))).status,
  ).toBe(401)
})

test('a repeated request of a guest is told the same link, byte for byte, and the database does not know it', async () => {
  const { order } = people()
  const key = randomUUID()
  const [first, second] = [await order(wanted, key), await order(wanted, key)]
  expect([first.status, second.text]).toEqual([201, first.text])
  const { rows } = await database.query('select answer_body from idempotency_keys where key = $1', [key])
  const secret = new URLSearchParams(first.body.follow.split('?')[1]).get('key') as string
  expect(first.text).toContain(secret)
  expect(rows).toEqual([{ answer_body: expect.not.stringContaining(secret) }])
  expect(rows[0].answer_body).not.toContain('follow')
})

test('an accepted order has a link too; a refusal has none', async () => {
  const accepted = await shop({ authMode: 'enforced', payments: { charge: fail(away) } }).order(wanted)
  expect([accepted.status, accepted.body.follow]).toEqual([202, expect.any(String)])
  const declined = { charge: async () => ({ status: 'declined' as const, reason: null }) }
  const refusal = await shop({ authMode: 'enforced', payments: declined }).order(wanted)
  expect([refusal.status, refusal.body.follow]).toEqual([402, undefined])
})

test('one key in the hands of two customers is two orders', async () => {
  const { order } = people()
  const key = randomUUID()
  const ids = [
    (await order(wanted, key).set(await bearer('customer'))).body.id,
    (await order(wanted, key).set(await bearer('customer'))).body.id,
    (await order(wanted, key)).body.id,
  ]
  expect(new Set(ids).size).toBe(3)
})

test('no cache on the way keeps an order', async () => {
  expect((await shop().order(wanted)).headers['cache-control']).toBe('no-store')
})
