import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Secret } from '@secure-ecommerce/kit/secret'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../tests/unit/database.ts'
import { simulatedProvider } from './simulated-provider.ts'

const database = testDatabase('payments')
const start = () => simulatedProvider(database, new Secret('sk_test_unit'))
const patient = new AbortController().signal

const request = (fields: object = {}) => ({
  key: randomUUID(),
  amountCents: 1999,
  currency: 'eur',
  token: 'tok_visa',
  since: new Date(),
  ...fields,
})

test('a repeated key has the first outcome, of another process too', async () => {
  const charge = request()
  const first = await start().charge(charge, patient)
  expect(first).toEqual({ status: 'captured', provider_id: expect.stringMatching(/^ch_[0-9a-f]{24}$/) })
  expect(await start().charge(charge, patient)).toEqual(first)
})

test.each([
  { what: 'amount', fields: { amountCents: 2000 } },
  { what: 'currency', fields: { currency: 'usd' } },
  { what: 'token', fields: { token: 'tok_mastercard' } },
])('a key that was used with another $what is refused', async ({ fields }) => {
  const charge = request()
  await start().charge(charge, patient)
  await expect(start().charge({ ...charge, ...fields }, patient)).rejects.toThrow('was used for another charge')
})

test.each([
  { token: 'tok_simulateLateSuccess', status: 'captured' },
  { token: 'tok_simulateLateDecline', status: 'declined' },
])('$token is processing, and $status two seconds later', async ({ token, status }) => {
  const charge = request({ token })
  const answer = await start().charge(charge, patient)
  expect(answer.status).toBe('pending')
  expect(
    await start()
      .refund({ key: 'r', chargeId: `${answer.provider_id}`, amountCents: 1999, currency: 'eur' }, patient)
      .catch(String),
  ).toContain('cannot be refunded')
  await sleep(2_050)
  expect((await start().readCharge(`${answer.provider_id}`, patient)).status).toBe(status)
  expect((await start().charge(charge, patient)).status).toBe(status)
})

test('a slow charge is made although the client gives up, and is answered when asked again', async () => {
  const charge = request({ token: 'tok_simulateTimeout' })
  await expect(start().charge(charge, AbortSignal.timeout(50))).rejects.toThrow('aborted')
  expect((await start().charge(charge, patient)).status).toBe('captured')
})

test('a charge is refunded whole and once, by one key', async () => {
  const { provider_id } = await start().charge(request(), patient)
  const refund = { key: randomUUID(), chargeId: `${provider_id}`, amountCents: 1999, currency: 'eur' }
  await expect(start().refund({ ...refund, amountCents: 5 }, patient)).rejects.toThrow('cannot be refunded 5 cents')
  const first = await start().refund(refund, patient)
  expect(first.status).toBe('refunded')
  expect(await start().refund(refund, patient)).toEqual(first)
  await expect(start().refund({ ...refund, key: randomUUID() }, patient)).rejects.toThrow('cannot be refunded')
})
