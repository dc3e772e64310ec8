import { randomUUID } from 'node:crypto'
import { ConfigError } from '@secure-ecommerce/kit/config'
import { Secret } from '@secure-ecommerce/kit/secret'
import supertest from 'supertest'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../tests/unit/database.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { createApp } from './app.ts'
import { type PaymentProvider, simulatedProvider } from './payment-provider.ts'

const database = testDatabase('payments')
const simulator = simulatedProvider(new Secret('sk_test_unit'))

function charge(fields: object, provider: PaymentProvider = simulator) {
  const app = createApp({ log: silentLog, database, provider, apiKey: new Secret('pay-key') })
  return supertest(app)
    .post('/payments')
    .set('x-api-key', 'pay-key')
    .send({ order_reference: randomUUID(), amount_cents: 1999, token: 'tok_visa', ...fields })
}

test.each([
  { token: 'tok_visa', status: 'captured', reason: null },
  { token: 'tok_chargeDeclined', status: 'declined', reason: 'card_declined' },
  { token: 'tok_chargeDeclinedInsufficientFunds', status: 'declined', reason: 'insufficient_funds' },
])('$token is $status', async ({ token, status, reason }) => {
  const order_reference = randomUUID()
  expect(await charge({ order_reference, token })).toMatchObject({
    status: 201,
    body: { order_reference, amount_cents: 1999, currency: 'eur', status, reason },
  })
})

test('a repeated charge has the first outcome and reaches the provider once', async () => {
  let calls = 0
  const counting: PaymentProvider = {
    charge(request) {
      calls++
      return simulator.charge(request)
    },
  }
  const order_reference = randomUUID()
  const first = await charge({ order_reference }, counting)
  const second = await charge({ order_reference, token: 'tok_chargeDeclined' }, counting)
  expect(second.body).toEqual(first.body)
  expect(calls).toBe(1)
})

test('the same order with another amount is a conflict', async () => {
  const order_reference = randomUUID()
  await charge({ order_reference })
  expect(await charge({ order_reference, amount_cents: 2000 })).toMatchObject({
    status: 409,
    body: { details: ['expected 1999 cents, found 2000'] },
  })
})

test('the intent is on record before the provider is called, and stays when the call fails', async () => {
  const order_reference = randomUUID()
  const failing: PaymentProvider = {
    async charge({ key }) {
      const { rows } = await database.query('select status from payments where order_reference = $1', [key])
      throw new Error(`the row says ${rows[0]?.status}`)
    },
  }
  expect((await charge({ order_reference }, failing)).status).toBe(500)
  const { rows } = await database.query('select status from payments where order_reference = $1', [order_reference])
  expect(rows).toEqual([{ status: 'intended' }])
  expect((await charge({ order_reference })).body.status).toBe('captured')
})

test.each([
  { why: 'a card number for a token', fields: { token: '4242424242424242' } },
  { why: 'an amount of zero', fields: { amount_cents: 0 } },
  { why: 'a fraction of a cent', fields: { amount_cents: 0.5 } },
  { why: 'a reference that is no UUID', fields: { order_reference: '17' } },
])('a charge with $why is refused', async ({ fields }) => {
  expect((await charge(fields)).status).toBe(400)
})

test('nobody is charged without the key', async () => {
  expect((await charge({}).set('x-api-key', 'wrong')).status).toBe(403)
})

test('the simulator refuses a live key', () => {
  expect(() => simulatedProvider(new Secret('sk_live_1'))).toThrow(ConfigError)
})
