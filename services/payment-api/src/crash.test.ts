import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { startOrderApi } from '../../../tests/unit/order-api.ts'
import {
  eventually,
  ledgerOf,
  paymentDatabase,
  providerBooks,
  startPayments,
} from '../../../tests/unit/payment-service.ts'

const fate = vi.hoisted(() => ({ dieAt: undefined as string | undefined, died: false }))

// What comes after the step never happens, as when the process is gone.
vi.mock('@secure-ecommerce/kit/crash-point', () => ({
  crashPoint(name: string) {
    if (name !== fate.dieAt) return undefined
    fate.dieAt = undefined
    fate.died = true
    return new Promise(() => {})
  },
}))

const database = paymentDatabase()

beforeEach(() => {
  fate.dieAt = undefined
  fate.died = false
})

function dieAt(step: string): Promise<true> {
  fate.dieAt = step
  return eventually(async () => fate.died && true)
}

/** The longest that an outcome may take from the moment a process is back, with the provider's usual time limit. */
const target = 5_000

test.each([
  { step: 'after-intent-before-charge', limit: 3_000, token: 'tok_visa', status: 'captured', captured: 1999 },
  { step: 'after-charge-before-record', limit: 500, token: 'tok_visa', status: 'captured', captured: 1999 },
  { step: 'after-charge-before-record', limit: 500, token: 'tok_chargeDeclined', status: 'declined', captured: 0 },
  { step: 'after-record-before-answer', limit: 500, token: 'tok_visa', status: 'captured', captured: 1999 },
])(
  'a charge with $token that dies $step is $status, once',
  { timeout: 10_000 },
  async ({ step, limit, token, status, captured }) => {
    const reference = randomUUID()
    const first = startPayments(database, { providerTimeout: limit })
    const death = dieAt(step)
    first.charge(reference, { token }).end(() => {})
    await death
    first.kill()

    await using second = startPayments(database)
    const body = await eventually(async () => {
      const payment = (await second.read(reference)).body
      return payment.status !== 'intended' && payment
    }, target)
    expect(body.status).toBe(status)
    expect((await second.charge(reference, { token })).body).toEqual(body)
    expect(await providerBooks(database, reference)).toMatchObject({ charges: 1, captured })
    expect(await ledgerOf(database, reference)).toEqual(captured ? { provider: captured, sales: -captured } : {})
  },
)

test('a worker that dies between charge and record leaves the payment to the next', { timeout: 10_000 }, async () => {
  const reference = randomUUID()
  const first = startPayments(database, { providerTimeout: 200 })
  await first.charge(reference, { token: 'tok_simulateTimeout' })
  await dieAt('after-charge-before-record')
  first.kill()

  await using second = startPayments(database)
  await eventually(async () => (await second.read(reference)).body.status === 'captured', target)
  expect(await providerBooks(database, reference)).toMatchObject({ charges: 1, captured: 1999 })
})

test('a refund that dies before it is recorded is given back once', { timeout: 10_000 }, async () => {
  const reference = randomUUID()
  const first = startPayments(database, { providerTimeout: 500 })
  await first.charge(reference)
  const death = dieAt('after-refund-before-record')
  first.refund(reference).end(() => {})
  await death
  first.kill()

  await using second = startPayments(database)
  await eventually(async () => (await second.read(reference)).body.status === 'refunded', target)
  expect(await providerBooks(database, reference)).toEqual({ charges: 1, captured: 1999, refunds: 1, refunded: 1999 })
  expect(await ledgerOf(database, reference)).toEqual({ provider: 0, sales: 0 })
})

test('an event whose acknowledgement was not noted is sent again, with the same id', { timeout: 15_000 }, async () => {
  await using orders = await startOrderApi()
  const reference = randomUUID()
  const first = startPayments(database, { providerTimeout: 200, ordersUrl: orders.url })
  const death = dieAt('after-webhook-before-acknowledged')
  await first.charge(reference, { token: 'tok_simulateTimeout' })
  await death
  first.kill()

  await using _second = startPayments(database, { ordersUrl: orders.url })
  await eventually(async () => (await database.query('select from webhook_deliveries')).rowCount === 0)
  expect(orders.deliveries).toHaveLength(2)
  expect(orders.deliveries[1]?.event).toEqual(orders.deliveries[0]?.event)
})
