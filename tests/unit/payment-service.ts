import { setTimeout as sleep } from 'node:timers/promises'
import type { AuditTrail } from '@secure-ecommerce/kit/audit-trail'
import { createClient } from '@secure-ecommerce/kit/client'
import type { Database } from '@secure-ecommerce/kit/database'
import type { Metrics } from '@secure-ecommerce/kit/metrics'
import { Secret } from '@secure-ecommerce/kit/secret'
import supertest from 'supertest'
import { beforeEach } from 'vitest'
import { createApp } from '../../services/payment-api/src/app.ts'
import type { PaymentProvider } from '../../services/payment-api/src/payment-provider.ts'
import { simulatedProvider } from '../../services/payment-api/src/simulated-provider.ts'
import { ownDatabase } from './database.ts'
import { silentLog } from './log.ts'
import { keptTrail } from './trail.ts'

export const webhookKey = new Secret('whsec_unit')

/** The payment database for this file alone, with nothing due in it. */
export function paymentDatabase(): Database {
  const database = ownDatabase('payments')
  // What a test left open is not for the next one's workers.
  beforeEach(async () => {
    await database.query(`update payments set due_at = 'infinity' where due_at is not null`)
    await database.query('delete from webhook_deliveries')
  })
  return database
}

type Options = {
  provider?: PaymentProvider
  providerTimeout?: number
  ordersUrl?: string
  trail?: AuditTrail
  metrics?: Metrics
}

/** One process of payment-api with its workers; `await using` stops it. Without `ordersUrl` order-api is away. */
export function startPayments(database: Database, options: Options = {}) {
  const { providerTimeout = 3_000, ordersUrl = 'http://127.0.0.1:9', trail = keptTrail, metrics } = options
  const orders = createClient('order-api', ordersUrl)
  const provider = options.provider ?? simulatedProvider(database, new Secret('sk_test_unit'))
  const apiKey = new Secret('pay-key')
  const { app, workers } = createApp({
    log: silentLog,
    metrics,
    database,
    trail,
    provider,
    providerTimeout,
    apiKey,
    orders,
    webhookKey,
  })
  for (const worker of workers) worker.start()

  const post = (path: string, body: object = {}) => supertest(app).post(path).set('x-api-key', 'pay-key').send(body)
  return {
    charge: (reference: string, fields: object = {}) =>
      post('/payments', { order_reference: reference, amount_cents: 1999, token: 'tok_visa', ...fields }),
    void: (reference: string) => post(`/payments/${reference}/void`, { amount_cents: 1999 }),
    refund: (reference: string) => post(`/payments/${reference}/refund`),
    read: (reference: string) => supertest(app).get(`/payments/${reference}`).set('x-api-key', 'pay-key'),
    /** As far as others can see it is dead: what it has in hand stays where it is, and it begins nothing. */
    kill() {
      for (const worker of workers) void worker.stop()
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker.stop()))
      await orders.close()
    },
  }
}

/** Looks every 50 ms until there is something. */
export async function eventually<Found>(
  look: () => Promise<Found | undefined | false>,
  within = 8_000,
): Promise<Found> {
  const end = performance.now() + within
  while (performance.now() < end) {
    const found = await look()
    if (found) return found
    await sleep(50)
  }
  throw new Error(`not within ${within} ms`)
}

/** What the simulator's books say of an order: cents captured and given back, and how often. */
export async function providerBooks(database: Database, reference: string) {
  const { rows } = await database.query(
    `select count(charge.id)::int as charges, coalesce(sum(charge.amount_cents) filter (where outcome = 'captured'), 0)::int as captured,
            count(refund.id)::int as refunds, coalesce(sum(refund.amount_cents), 0)::int as refunded
     from simulated_charges charge left join simulated_refunds refund on refund.charge_id = charge.id
     where charge.idempotency_key = $1`,
    [reference],
  )
  return rows[0] as { charges: number; captured: number; refunds: number; refunded: number }
}

/** What the shop's own ledger says of it, by account. */
export async function ledgerOf(database: Database, reference: string): Promise<Record<string, number>> {
  const { rows } = await database.query(
    `select account, sum(ledger_entries.amount_cents)::int as cents
     from ledger_entries join payments on payments.id = payment_id where order_reference = $1 group by account`,
    [reference],
  )
  return Object.fromEntries(rows.map(({ account, cents }) => [account, cents]))
}
