import { randomUUID } from 'node:crypto'
import { createMetrics } from '@secure-ecommerce/kit/metrics'
import { expect, onTestFinished, test, vi } from 'vitest'
import { psql } from '../../../scripts/stack/psql.ts'
import { told } from '../../../tests/unit/metrics.ts'
import { paymentDatabase, startPayments } from '../../../tests/unit/payment-service.ts'

const database = paymentDatabase()

/** What a process that has not been asked before tells of the database. */
async function tellAnew() {
  const metrics = createMetrics()
  await using _service = startPayments(database, { metrics })
  return told(metrics)
}

const of = (series: Record<string, number>, status: string) => series[`payments{status="${status}"}`] as number

test('payments are counted by what became of them, and the ledger is in balance', async () => {
  await using service = startPayments(database)
  await vi.waitFor(async () => {
    const before = await tellAnew()
    await service.charge(randomUUID())
    await service.charge(randomUUID(), { token: 'tok_chargeDeclined' })
    const after = await tellAnew()
    expect(of(after, 'captured')).toBe(of(before, 'captured') + 1)
    expect(of(after, 'declined')).toBe(of(before, 'declined') + 1)
    expect(after).toMatchObject({ ledger_imbalance_cents: 0, metrics_collection_errors_total: 0 })
  }, 15_000)
})

test('a row of the ledger that a superuser alters shows, by how much', async () => {
  await using service = startPayments(database)
  const reference = randomUUID()
  await service.charge(reference)
  const add = (cents: number) =>
    psql('eunit-payment-db', 'payments', [
      `update ledger_entries set amount_cents = ledger_entries.amount_cents + ${cents} from payments
       where payments.id = payment_id and order_reference = '${reference}' and account = 'sales';`,
    ])
  expect((await tellAnew()).ledger_imbalance_cents).toBe(0)
  await add(250)
  onTestFinished(async () => void (await add(-250)))
  expect((await tellAnew()).ledger_imbalance_cents).toBe(250)
})

test('a notice waits until order-api has acknowledged it', async () => {
  const add = (age: string) =>
    database.query(
      `insert into webhook_deliveries (id, body, due_at, created_at) values (gen_random_uuid(), '{}', 'infinity', now() - $1::interval)`,
      [age],
    )
  await database.query('delete from webhook_deliveries')
  expect(await tellAnew()).toMatchObject({ payment_notices_waiting: 0, payment_notices_oldest_seconds: 0 })
  await add('10 minutes')
  await add('1 minute')
  const waiting = await tellAnew()
  expect(waiting.payment_notices_waiting).toBe(2)
  expect(waiting.payment_notices_oldest_seconds).toBeGreaterThan(599)
  expect(waiting.payment_notices_oldest_seconds).toBeLessThan(620)
  await database.query('delete from webhook_deliveries')
})
