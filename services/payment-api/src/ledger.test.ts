import { randomUUID } from 'node:crypto'
import type { Client } from '@secure-ecommerce/kit/client'
import { Secret } from '@secure-ecommerce/kit/secret'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { silentLog } from '../../../tests/unit/log.ts'
import { ledgerOf, paymentDatabase, providerBooks } from '../../../tests/unit/payment-service.ts'
import { askDuePayments } from './ask-due-payments.ts'
import { chargeOrder } from './charge-order.ts'
import { deliverWebhooks } from './deliver-webhooks.ts'
import { deliveryStore } from './delivery-store.ts'
import { ledger } from './ledger.ts'
import type { PaymentProvider } from './payment-provider.ts'
import { paymentStore } from './payment-store.ts'
import { refundOrder } from './refund-order.ts'
import { settlePayment } from './settle-payment.ts'
import { simulatedProvider } from './simulated-provider.ts'

const world = vi.hoisted(() => ({ dieAt: undefined as string | undefined, weather: 'fair' }))

// Nothing on the way up handles this, so what comes after the step does not happen; unlike a promise that never settles it
// tells the test when the rest of a batch is through.
vi.mock('@secure-ecommerce/kit/crash-point', () => ({
  async crashPoint(name: string) {
    if (name !== world.dieAt) return
    world.dieAt = undefined
    throw new Error('died')
  },
}))

const database = paymentDatabase()
const simulator = simulatedProvider(database, new Secret('sk_test_unit'))

/** Runs a call to the provider, which may be lost on the way there or back. */
async function throughWeather<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  if (world.weather === 'request lost') throw new Error('lost on the way there')
  const answer = await call()
  if (world.weather === 'answer lost') throw new Error('lost on the way back')
  return answer
}

const provider: PaymentProvider = {
  async charge(...request) {
    const answer = await throughWeather(() => simulator.charge(...request))
    if (world.weather !== 'slow' || answer.provider_id === null) return answer
    return { status: 'pending', provider_id: answer.provider_id }
  },
  readCharge: (...request) => throughWeather(() => simulator.readCharge(...request)),
  refund: (...request) => throughWeather(() => simulator.refund(...request)),
}

const lost: Client = { request: async () => undefined as never, close: async () => {} }
const payments = paymentStore(database, 60_000)
const settle = settlePayment({
  log: silentLog,
  payments,
  ledger: ledger(database),
  provider,
  providerTimeout: 2_000,
})
const deliveries = deliverWebhooks({
  log: silentLog,
  deliveries: deliveryStore(database, 60_000),
  orders: lost,
  webhookKey: new Secret('whsec'),
})

async function deliver(): Promise<void> {
  await Promise.all((await deliveries.claim(20)).map(deliveries.handle))
}

/** A worker's look, at a time when every lease has run out. */
async function work(): Promise<void> {
  await database.query('update payments set due_at = now() where due_at is not null and due_at < $1', ['infinity'])
  const { claim, handle } = askDuePayments(payments, settle, () => {})
  await Promise.all((await claim(20)).map(handle))
}

type Step = { act: 'charge' | 'void' | 'refund' | 'work' | 'deliver'; order: number; token: string }

function take({ act, order, token }: Step, references: string[]): Promise<unknown> {
  const order_reference = references[order] as string
  if (act === 'charge') return chargeOrder(payments, settle, { order_reference, amount_cents: 500 + order, token })
  if (act === 'void') return payments.void(order_reference, 500 + order)
  if (act === 'refund') return refundOrder(payments, settle, order_reference)
  return act === 'work' ? work() : deliver()
}

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom('charge', 'charge', 'void', 'refund', 'work', 'deliver'),
  order: fc.integer({ min: 0, max: 2 }),
  token: fc.constantFrom('tok_visa', 'tok_visa', 'tok_chargeDeclined'),
})

/** Steps taken at once, the weather meanwhile, and where one of them dies. */
const batch = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 5 }),
  weather: fc.constantFrom('fair', 'fair', 'request lost', 'answer lost', 'slow'),
  dieAt: fc.constantFrom(
    undefined,
    undefined,
    'after-intent-before-charge',
    'after-charge-before-record',
    'after-record-before-answer',
    'after-refund-before-record',
    'after-webhook-before-acknowledged',
  ),
})

async function checkBooks(reference: string): Promise<void> {
  const payment = await payments.find(reference)
  const books = await providerBooks(database, reference)
  const { provider: owed = 0, sales = 0 } = await ledgerOf(database, reference)
  expect(owed + sales).toBe(0)
  expect(owed).toBe(books.captured - books.refunded)
  expect(books.charges).toBeLessThanOrEqual(1)
  expect(books.refunds).toBe(payment?.status === 'refunded' ? 1 : 0)
  expect(books.captured > 0).toBe(payment?.status === 'captured' || payment?.status === 'refunded')
  const { rows } = await database.query(
    `select transaction from ledger_entries join payments on payments.id = payment_id
     where order_reference = $1 group by transaction having sum(ledger_entries.amount_cents) <> 0 or count(*) <> 2`,
    [reference],
  )
  expect(rows).toEqual([])
}

test('whatever happens in whatever order, the ledger is balanced and agrees with the provider', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 6 }), async (batches) => {
      const references = [randomUUID(), randomUUID(), randomUUID()]
      for (const { steps, weather, dieAt } of batches) {
        Object.assign(world, { weather, dieAt })
        await Promise.allSettled(steps.map((one) => take(one, references)))
      }
      Object.assign(world, { weather: 'fair', dieAt: undefined })
      for (let look = 0; look < 3; look++) await work()

      for (const reference of references) await checkBooks(reference)
      const { rowCount } = await database.query(
        'select from payments where due_at is not null and order_reference = any($1::uuid[])',
        [references],
      )
      expect(rowCount).toBe(0)
    }),
    { numRuns: 200 },
  )
})

test.each([
  {
    why: 'one side of a transaction',
    statement: `insert into ledger_entries select id, 'refund', 'sales', 5, 'eur' from payment`,
    refusal: 'out of balance by 5',
  },
  {
    why: 'a second capture',
    statement: `insert into ledger_entries select id, 'capture', account, cents, 'eur'
                from payment, (values ('provider', 5), ('sales', -5)) as sides (account, cents)`,
    refusal: 'ledger_entries_pkey',
  },
  {
    why: 'an entry made larger',
    statement: 'update ledger_entries set amount_cents = 1',
    refusal: 'permission denied',
  },
  { why: 'an entry taken away', statement: 'delete from ledger_entries', refusal: 'permission denied' },
  { why: 'a payment taken away', statement: 'delete from payments', refusal: 'permission denied' },
  {
    why: 'a capture undone',
    statement: `update payments set status = 'intended', token = 'tok_visa', due_at = now() where id = (select id from payment)`,
    refusal: 'captured cannot become intended',
  },
  {
    why: 'a capture voided',
    statement: `update payments set status = 'voided' where id = (select id from payment)`,
    refusal: 'captured cannot become voided',
  },
  {
    why: 'another amount',
    statement: 'update payments set amount_cents = 1 where id = (select id from payment)',
    refusal: 'captured cannot become captured',
  },
  {
    why: 'a payment born captured',
    statement: `insert into payments (order_reference, amount_cents, status, provider_id) values (gen_random_uuid(), 5, 'captured', 'ch_1')`,
    refusal: 'cannot become captured',
  },
  {
    why: 'a token that outlives its use',
    statement: `update payments set token = 'tok_visa' where id = (select id from payment)`,
    refusal: 'payments_token',
  },
])('the database refuses $why', async ({ statement, refusal }) => {
  Object.assign(world, { weather: 'fair', dieAt: undefined })
  const order_reference = randomUUID()
  await chargeOrder(payments, settle, { order_reference, amount_cents: 1999, token: 'tok_visa' })
  const payment = `with payment as (select id from payments where order_reference = '${order_reference}')`
  await expect(database.query(`${payment} ${statement}`)).rejects.toThrow(refusal)
})
