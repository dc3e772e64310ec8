import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Secret } from '@secure-ecommerce/kit/secret'
import { expect, test } from 'vitest'
import { startOrderApi } from '../../../tests/unit/order-api.ts'
import {
  eventually,
  ledgerOf,
  paymentDatabase,
  providerBooks,
  startPayments,
} from '../../../tests/unit/payment-service.ts'
import type { PaymentProvider } from './payment-provider.ts'
import { simulatedProvider } from './simulated-provider.ts'

const database = paymentDatabase()
const simulator = simulatedProvider(database, new Secret('sk_test_unit'))

async function row(reference: string) {
  const { rows } = await database.query('select * from payments where order_reference = $1', [reference])
  return rows[0]
}

/** Waits for the worker to find an outcome. */
function settled(service: ReturnType<typeof startPayments>, reference: string, open = 'intended') {
  return eventually(async () => {
    const { body } = await service.read(reference)
    return body.status !== open && body
  })
}

/** The simulator, with the calls that reach it. */
function counted(provider: PaymentProvider = simulator) {
  const calls = { charge: 0, refund: 0 }
  const counting: PaymentProvider = {
    ...provider,
    charge(...request) {
      calls.charge++
      return provider.charge(...request)
    },
    refund(...request) {
      calls.refund++
      return provider.refund(...request)
    },
  }
  return { calls, provider: counting }
}

test.each([
  { token: 'tok_visa', status: 'captured', reason: null, captured: 1999 },
  { token: 'tok_chargeDeclined', status: 'declined', reason: 'card_declined', captured: 0 },
  { token: 'tok_chargeDeclinedInsufficientFunds', status: 'declined', reason: 'insufficient_funds', captured: 0 },
  { token: 'tok_chargeDeclinedExpiredCard', status: 'declined', reason: 'expired_card', captured: 0 },
])('$token is $status, and its token is forgotten', async ({ token, status, reason, captured }) => {
  await using service = startPayments(database)
  const order_reference = randomUUID()
  const answer = await service.charge(order_reference, { token })
  const payment = { order_reference, amount_cents: 1999, currency: 'eur', status, reason }
  expect({ status: answer.status, body: answer.body }).toEqual({ status: 201, body: payment })
  expect((await service.read(order_reference)).body).toEqual(payment)
  expect(await row(order_reference)).toMatchObject({ token: null, due_at: null })
  expect(await ledgerOf(database, order_reference)).toEqual(captured ? { provider: captured, sales: -captured } : {})
  expect(await providerBooks(database, order_reference)).toMatchObject({ charges: 1, captured })
})

test('a repeated charge has the first outcome and reaches the provider once', async () => {
  const { calls, provider } = counted()
  await using service = startPayments(database, { provider })
  const reference = randomUUID()
  const first = await service.charge(reference)
  const second = await service.charge(reference, { token: 'tok_chargeDeclined' })
  expect(second.body).toEqual(first.body)
  expect(calls.charge).toBe(1)
})

test('of twenty charges at once of one order, one reaches the provider', async () => {
  const { calls, provider } = counted()
  await using one = startPayments(database, { provider })
  await using other = startPayments(database, { provider })
  const reference = randomUUID()
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? one : other).charge(reference)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  expect(answers.filter(({ body }) => body.status === 'captured').length).toBeGreaterThan(0)
  expect(answers.filter(({ body }) => !['captured', 'intended'].includes(body.status))).toEqual([])
  expect((await one.read(reference)).body.status).toBe('captured')
  expect(calls.charge).toBe(1)
  expect(await ledgerOf(database, reference)).toEqual({ provider: 1999, sales: -1999 })
})

test('charges of many orders at once are each their own', async () => {
  await using service = startPayments(database)
  const wanted = Array.from({ length: 30 }, (_, n) => ({
    reference: randomUUID(),
    amount_cents: 100 + n,
    token: n % 3 === 0 ? 'tok_chargeDeclined' : 'tok_visa',
  }))
  const answers = await Promise.all(wanted.map(({ reference, ...fields }) => service.charge(reference, fields)))
  expect(answers.map(({ body }) => [body.order_reference, body.amount_cents, body.status])).toEqual(
    wanted.map(({ reference, amount_cents, token }) => [
      reference,
      amount_cents,
      token === 'tok_visa' ? 'captured' : 'declined',
    ]),
  )
})

test('the same order with another amount is a conflict', async () => {
  await using service = startPayments(database)
  const reference = randomUUID()
  await service.charge(reference)
  expect(await service.charge(reference, { amount_cents: 2000 })).toMatchObject({
    status: 409,
    body: { details: ['expected 1999 cents, found 2000'] },
  })
})

test('the intent is on record before the provider is called; when the call fails the worker asks again', async () => {
  await using orders = await startOrderApi()
  const found: string[] = []
  const failing: PaymentProvider = {
    ...simulator,
    async charge(request, signal) {
      found.push((await row(request.key)).status)
      if (found.length === 1) throw new Error('connection lost')
      return simulator.charge(request, signal)
    },
  }
  await using service = startPayments(database, { provider: failing, ordersUrl: orders.url })
  const order_reference = randomUUID()
  expect((await service.charge(order_reference)).body).toEqual({
    order_reference,
    amount_cents: 1999,
    currency: 'eur',
    status: 'intended',
    reason: null,
  })
  expect((await settled(service, order_reference)).status).toBe('captured')
  expect(found).toEqual(['intended', 'intended'])
  await eventually(async () => orders.deliveries.length === 1)
})

test.each([
  { token: 'tok_simulateTimeout', status: 'captured', reason: null, captured: 1999 },
  { token: 'tok_simulateTimeoutDeclined', status: 'declined', reason: 'card_declined', captured: 0 },
])('$token: no answer in time, then $status once', async ({ token, status, reason, captured }) => {
  await using service = startPayments(database, { providerTimeout: 200 })
  const reference = randomUUID()
  const started = performance.now()
  expect((await service.charge(reference, { token })).body.status).toBe('intended')
  expect(performance.now() - started).toBeLessThan(600)
  expect(await settled(service, reference)).toMatchObject({ status, reason })
  expect(await providerBooks(database, reference)).toMatchObject({ charges: 1, captured })
})

test.each([
  { token: 'tok_simulateLateSuccess', type: 'payment.captured', reason: null },
  { token: 'tok_simulateLateDecline', type: 'payment.declined', reason: 'card_declined' },
])(
  '$token: one signed event, repeated until it is acknowledged',
  { timeout: 15_000 },
  async ({ token, type, reason }) => {
    await using orders = await startOrderApi()
    orders.answer = 503
    await using service = startPayments(database, { ordersUrl: orders.url })
    const order_reference = randomUUID()
    expect((await service.charge(order_reference, { token })).body.status).toBe('intended')
    await eventually(async () => orders.deliveries.length === 2)
    orders.answer = 204
    await eventually(async () => (await database.query('select from webhook_deliveries')).rowCount === 0)
    await sleep(600)

    expect(orders.deliveries.map(({ answer }) => answer)).toEqual([503, 503, 204])
    expect(new Set(orders.deliveries.map(({ event }) => event.id)).size).toBe(1)
    expect(orders.deliveries[0]?.event).toEqual({
      path: '/internal/payment-events',
      id: expect.any(String),
      type,
      order_reference,
      amount_cents: 1999,
      currency: 'eur',
      reason,
      created_at: expect.any(String),
    })
  },
)

test('of two processes one takes up a payment', async () => {
  const { calls, provider } = counted()
  const reference = randomUUID()
  await using one = startPayments(database, { provider, providerTimeout: 300 })
  await using _other = startPayments(database, { provider, providerTimeout: 300 })
  await one.charge(reference, { token: 'tok_simulateTimeout' })
  expect((await settled(one, reference)).status).toBe('captured')
  await sleep(600)
  expect(calls.charge).toBe(2)
})

test('a voided order is never charged', async () => {
  await using service = startPayments(database)
  const reference = randomUUID()
  expect(await service.void(reference)).toMatchObject({ status: 200, body: { status: 'voided', amount_cents: 1999 } })
  expect((await service.void(reference)).body.status).toBe('voided')
  expect(await service.charge(reference)).toMatchObject({ status: 201, body: { status: 'voided' } })
  expect((await service.refund(reference)).body.status).toBe('voided')
  expect(await providerBooks(database, reference)).toMatchObject({ charges: 0 })
  expect(await ledgerOf(database, reference)).toEqual({})
})

test.each([
  { token: 'tok_visa', status: 'captured' },
  { token: 'tok_chargeDeclined', status: 'declined' },
  { token: 'tok_simulateLateSuccess', status: 'intended' },
])('a payment that is $status is not voided', async ({ token, status }) => {
  await using service = startPayments(database)
  const reference = randomUUID()
  await service.charge(reference, { token })
  expect(await service.void(reference)).toMatchObject({ status: 200, body: { status } })
})

test('a refund gives everything back, once', async () => {
  await using service = startPayments(database)
  const reference = randomUUID()
  await service.charge(reference)
  const answers = await Promise.all([service.refund(reference), service.refund(reference)])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(await service.refund(reference)).toMatchObject({ status: 200, body: { status: 'refunded', reason: null } })
  expect(await providerBooks(database, reference)).toEqual({ charges: 1, captured: 1999, refunds: 1, refunded: 1999 })
  expect(await ledgerOf(database, reference)).toEqual({ provider: 0, sales: 0 })
  expect((await service.charge(reference)).body.status).toBe('refunded')
})

test('a declined payment is not refunded, and an unknown one is 404', async () => {
  await using service = startPayments(database)
  const reference = randomUUID()
  await service.charge(reference, { token: 'tok_chargeDeclined' })
  expect(await service.refund(reference)).toMatchObject({ status: 200, body: { status: 'declined' } })
  expect((await service.refund(randomUUID())).status).toBe(404)
  expect((await service.read(randomUUID())).status).toBe(404)
})

test('a refund whose answer is lost is asked for again, happens once, and is announced', async () => {
  await using orders = await startOrderApi()
  let lost = 0
  const losing: PaymentProvider = {
    ...simulator,
    async refund(...request) {
      const answer = await simulator.refund(...request)
      if (lost++ === 0) throw new Error('connection lost')
      return answer
    },
  }
  await using service = startPayments(database, { provider: losing, ordersUrl: orders.url })
  const reference = randomUUID()
  await service.charge(reference)
  expect((await service.refund(reference)).body.status).toBe('captured')
  expect((await settled(service, reference, 'captured')).status).toBe('refunded')
  expect(await providerBooks(database, reference)).toMatchObject({ refunds: 1, refunded: 1999 })
  await eventually(async () => orders.deliveries.length === 1)
  expect(orders.deliveries[0]?.event).toMatchObject({ type: 'payment.refunded', order_reference: reference })
})

test.each([
  { why: 'a card number for a token', fields: { token: '4242424242424242' } },
  { why: 'an amount of zero', fields: { amount_cents: 0 } },
  { why: 'a fraction of a cent', fields: { amount_cents: 0.5 } },
  { why: 'a reference that is no UUID', fields: { order_reference: '17' } },
  { why: 'a reference in another form', fields: { order_reference: randomUUID().toUpperCase() } },
])('a charge with $why is refused', async ({ fields }) => {
  await using service = startPayments(database)
  expect((await service.charge(randomUUID(), fields)).status).toBe(400)
})

test('nobody is charged without the key', async () => {
  await using service = startPayments(database)
  expect((await service.charge(randomUUID()).set('x-api-key', 'wrong')).status).toBe(403)
})
