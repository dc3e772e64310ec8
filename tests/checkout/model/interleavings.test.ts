import { randomUUID } from 'node:crypto'
import { acting } from '@secure-ecommerce/kit/acting'
import { createClient } from '@secure-ecommerce/kit/client'
import { Secret } from '@secure-ecommerce/kit/secret'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import { advanceOrder, type Checkout } from '@secure-ecommerce/order-api/advance-order'
import { checkoutStore } from '@secure-ecommerce/order-api/checkout-store'
import { keyStore } from '@secure-ecommerce/order-api/key-store'
import { orderLinks } from '@secure-ecommerce/order-api/order-links'
import { orderStore } from '@secure-ecommerce/order-api/order-store'
import { outboxStore } from '@secure-ecommerce/order-api/outbox-store'
import { paymentClient } from '@secure-ecommerce/order-api/payment-client'
import { placeOrder } from '@secure-ecommerce/order-api/place-order'
import { refundOrder } from '@secure-ecommerce/order-api/refund-order'
import { deliverMessages } from '@secure-ecommerce/order-api/relay-messages'
import { soldOut } from '@secure-ecommerce/order-api/sold-out'
import { createApp as createPaymentApi } from '@secure-ecommerce/payment-api/app'
import { simulatedProvider } from '@secure-ecommerce/payment-api/simulated-provider'
import { stockStore } from '@secure-ecommerce/product-api/stock-store'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { ownOrders, testDatabase } from '../../unit/database.ts'
import { listen } from '../../unit/listen.ts'
import { silentLog } from '../../unit/log.ts'
import { guest } from '../../unit/people.ts'
import { keptTrail } from '../../unit/trail.ts'

// The checkout of three services on their real databases, in one process. fast-check decides which runner takes its next step,
// and after which step a runner dies: it did what it was about, and nobody hears of it. Whatever it decides, the end must add up.

const [products, orders, payments] = [testDatabase('products'), ownOrders(), testDatabase('payments')]
const key = new Secret('key')
const provider = simulatedProvider(payments, new Secret('sk_test_simulated'))
const orderApi = createClient('order-api', 'http://127.0.0.1:9') // nobody: webhooks are not what this is about
const paymentApi = await listen(
  createPaymentApi({
    ...{ log: silentLog, database: payments, trail: keptTrail, provider, providerTimeout: 3_000, apiKey: key },
    ...{ orders: orderApi, webhookKey: key },
  }).app,
)
afterAll(() => paymentApi[Symbol.asyncDispose]())

const stock = stockStore(products, 30)
const neighbours = {
  stock: {
    reserve: (reference: string, items: Parameters<typeof stock.reserve>[0]['items']) =>
      stock.reserve({ reference, items }),
    confirm: stock.confirm,
    release: stock.release,
  },
  payments: paymentClient(createClient('payment-api', paymentApi.url), key),
}

/** What a dead process does: nothing, from there on. */
class Died extends Error {}

type Wrap = <Call extends (...args: never[]) => Promise<unknown>>(name: string, call: Call) => Call

const everyMethod = <Service extends object>(service: Service, wrap: Wrap): Service =>
  Object.fromEntries(Object.entries(service).map(([name, call]) => [name, wrap(name, call)])) as Service

/** A checkout as one process has it, each step of which is the scheduler's to take. */
function checkoutOf(wrap: Wrap) {
  return {
    links: orderLinks(key),
    orders: everyMethod(orderStore(orders), wrap),
    changes: everyMethod(checkoutStore(orders), wrap),
    keys: everyMethod(keyStore(orders), wrap),
    outbox: everyMethod(outboxStore(orders), wrap),
    stock: everyMethod(neighbours.stock, wrap),
    payments: everyMethod(neighbours.payments, wrap),
    soldOut: soldOut(() => 0), // no memory: every order is to reach the database
    patience: 25,
  }
}

/** A process: how many steps it takes before it dies, and after which of them a neighbour's answer is lost. */
type Life = { steps: number; lost: number[] }

const neighbourCalls = new Set(['reserve', 'confirm', 'release', 'charge', 'void', 'refund'])

function runner(schedule: Wrap, life: Life) {
  let steps = 0
  const wrap: Wrap = (name, call) => {
    const step = schedule(name, call)
    const mortal = async (...args: Parameters<typeof call>) => {
      if (steps >= life.steps) throw new Died()
      const result = await step(...args)
      if (++steps >= life.steps) throw new Died()
      if (neighbourCalls.has(name) && life.lost.includes(steps)) throw new ServiceError('unavailable', 'lost')
      return result
    }
    return mortal as typeof call
  }
  return checkoutOf(wrap)
}

const unlessDead = <Result>(work: Promise<Result>) =>
  work.catch((error) => {
    // What a neighbour did not answer is what workers try again.
    if (error instanceof Died || error.code === 'unavailable') return undefined
    throw error
  })

/** Takes up whatever is not final, as recovery does once its time has come. */
async function recoverAll(checkout: Checkout, references: string[]): Promise<void> {
  await orders.query(
    "update orders set due_at = now() - interval '1 s' where due_at is not null and reference = any($1)",
    [references],
  )
  await Promise.all((await checkout.changes.claimDue(100)).map((order) => unlessDead(advanceOrder(checkout, order))))
}

const keeper = { id: 'keeper', role: 'staff', address: '203.0.113.7' } as const

/** Asks for the refund of whatever there is; what is not paid has none. */
async function refundAll(checkout: ReturnType<typeof checkoutOf>, references: string[]): Promise<void> {
  const { rows } = await orders.query('select id from orders where reference = any($1)', [references])
  const refund = (id: number) =>
    refundOrder(checkout, id, acting(keeper)).catch((error) => {
      if (error.code !== 'conflict') throw error
    })
  await Promise.all(rows.map(({ id }) => unlessDead(refund(id))))
}

async function relayAll(checkout: ReturnType<typeof checkoutOf>): Promise<void> {
  await orders.query("update outbox set due_at = now() - interval '1 s'")
  await deliverMessages(checkout, silentLog)
}

const lives = fc.record({
  steps: fc.integer({ min: 1, max: 15 }),
  lost: fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 2 }),
})

const plan = fc.record({
  stock: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 2 }),
  orders: fc.array(
    fc.record({
      quantities: fc.constantFrom([1, 0], [0, 1], [2, 1], [1, 3]),
      token: fc.constantFrom('tok_visa', 'tok_visa', 'tok_chargeDeclined'),
      attempts: fc.array(lives, { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  recoveries: fc.array(lives, { maxLength: 2 }),
  relays: fc.array(lives, { maxLength: 2 }),
  refunds: fc.array(lives, { maxLength: 2 }),
})

test('whoever dies after whichever step, and however their steps fall: each order ends, is paid once or not at all, and stock adds up', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), plan, async (scheduler, drawn) => {
      const { stock: units, orders: wanted, recoveries, relays, refunds } = drawn
      const schedule: Wrap = (_name, call) => scheduler.scheduleFunction(call as never) as unknown as typeof call
      const ids = await newProducts(units)
      const asked = wanted.map(({ quantities, token }) => ({
        key: randomUUID(),
        order: {
          items: ids.flatMap((product_id, place) => {
            const quantity = quantities[place] ?? 0
            return quantity > 0 ? [{ product_id, quantity }] : []
          }),
          ...{ email: null, address: null, payment_token: token },
        },
      }))

      const answers = new Map<string, Set<string>>()
      const ask = async (checkout: ReturnType<typeof checkoutOf>, place: number) => {
        const { key, order } = asked[place] as (typeof asked)[number]
        const answer = await placeOrder(checkout, guest, key, order).catch((error) => {
          // "Still being placed" is no answer yet.
          if (error.code !== 'conflict') throw error
        })
        if (answer) answers.set(key, (answers.get(key) ?? new Set()).add(`${answer.status} ${answer.body}`))
      }
      const references = async () => {
        const { rows } = await orders.query(
          'select order_reference as reference from idempotency_keys where key = any($1)',
          [asked.map((each) => each.key)],
        )
        return rows.map(({ reference }) => reference as string)
      }

      const runs = [
        ...wanted.flatMap(({ attempts }, place) => attempts.map((life) => ask(runner(schedule, life), place))),
        ...recoveries.map(async (life) => recoverAll(runner(schedule, life), await references())),
        ...relays.map((life) => relayAll(runner(schedule, life))),
        ...refunds.map(async (life) => refundAll(runner(schedule, life), await references())),
      ].map(unlessDead)
      await scheduler.waitFor(Promise.all(runs))

      const living = checkoutOf((_name, call) => call)
      if (refunds.length > 1) await refundAll(living, await references())
      for (let round = 0; round < 4; round++) {
        await recoverAll(living, await references())
        await relayAll(living)
      }
      for (let place = 0; place < asked.length; place++) await ask(living, place)

      const ended = await endsOf(await references())
      expect(ended.filter(({ status }) => !['fulfilled', 'refunded', 'rejected'].includes(status))).toEqual([])
      for (const each of answers.values()) expect([...each]).toHaveLength(1)
      expect(await stockOf(ids)).toEqual(units.map((count, place) => count - sold(ended, ids[place] as number)))
      expect(await reservedFor(ended)).toEqual(0)
      for (const { reference, status, total_cents } of ended) {
        expect(await chargesOf(reference)).toEqual(status === 'fulfilled' ? [{ amount_cents: total_cents }] : [])
        const booked = [total_cents, -total_cents]
        const bookings = { fulfilled: booked, refunded: [...booked, ...booked.toReversed()], rejected: [] }
        expect(await bookedFor(reference)).toEqual(bookings[status])
      }
    }),
    { numRuns: Number(process.env.INTERLEAVINGS ?? 60) },
  )
}, 180_000)

type Ended = {
  reference: string
  status: 'fulfilled' | 'refunded' | 'rejected'
  total_cents: number
  items: { product_id: number; quantity: number }[]
}

async function newProducts(units: number[]): Promise<number[]> {
  const { rows } = await products.query(
    `insert into products (name, price_cents, stock) select 'Interleaved', 250, stock from unnest($1::integer[]) as stock returning id`,
    [units],
  )
  return rows.map(({ id }) => id)
}

async function endsOf(references: string[]): Promise<Ended[]> {
  const { rows } = await orders.query(
    `select reference, status, total_cents, (select json_agg(i) from order_items i where order_id = orders.id) as items
     from orders where reference = any($1)`,
    [references],
  )
  return rows
}

const sold = (ended: Ended[], product: number) =>
  ended
    .filter(({ status }) => status !== 'rejected')
    .flatMap(({ items }) => items)
    .filter(({ product_id }) => product_id === product)
    .reduce((sum, { quantity }) => sum + quantity, 0)

async function stockOf(ids: number[]): Promise<number[]> {
  const { rows } = await products.query('select stock from products where id = any($1) order by id', [ids])
  return rows.map(({ stock: left }) => left)
}

async function reservedFor(ended: Ended[]): Promise<number> {
  const references = ended.map(({ reference }) => reference)
  const { rowCount } = await products.query(
    "select from reservations where status = 'held' and order_reference = any($1)",
    [references],
  )
  return rowCount ?? 0
}

/** What the provider's own books say. */
async function chargesOf(reference: string): Promise<unknown[]> {
  const { rows } = await payments.query(
    `select amount_cents from simulated_charges where idempotency_key = $1 and outcome = 'captured'
     and id not in (select charge_id from simulated_refunds)`,
    [reference],
  )
  return rows
}

async function bookedFor(reference: string): Promise<number[]> {
  const { rows } = await payments.query(
    `select l.amount_cents from ledger_entries l join payments p on p.id = payment_id where order_reference = $1 order by transaction, account`,
    [reference],
  )
  return rows.map(({ amount_cents }) => amount_cents)
}
