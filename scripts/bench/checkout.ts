import { setTimeout as sleep } from 'node:timers/promises'
import { runningContainer } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { psql } from '../stack/psql.ts'
import { cpuTimeOf } from './cpu-time.ts'
import type { Options } from './options.ts'
import { createOrderProducts, removeOrderData } from './order-data.ts'
import { type Result, type Round, resultOf } from './round.ts'
import { say } from './session.ts'
import { median } from './statistics.ts'
import { type Requests, runWrk } from './wrk.ts'

/** One kind of request, by the published port. */
export type CheckoutKind = Result & {
  name: string
  /** Milliseconds of CPU time of all containers for one request, with all that is done for it afterwards. */
  cpu: number
  /** Database transactions for one request, in all three databases together. */
  transactions: number
}

type Shop = { url: string; containers: string[] }

const spreadOver = 1_000

/**
 * Checkouts beside product reads over the same path, none of which nginx answers by itself, in one run: spread over many products, all
 * for one, and all for one that is sold out. Rounds alternate, and each is followed until every order is final, so that what a checkout
 * leaves to the workers is counted too.
 */
export async function measureCheckout(
  { url, containers }: Shop,
  { rounds, seconds, warmUpSeconds, connections }: Options,
  signal: AbortSignal,
): Promise<CheckoutKind[]> {
  say(`checkout: ${spreadOver.toLocaleString('en')} products`)
  await removeOrderData()
  try {
    const many = await createOrderProducts(url, spreadOver, 1_000_000)
    const [hot] = await createOrderProducts(url, 1, 1_000_000)
    const [soldOut] = await createOrderProducts(url, 1, 0)
    const kinds: { name: string; requests: Requests }[] = [
      { name: 'product by id', requests: reads(many) },
      { name: 'checkout, 1,000 products', requests: orders(many) },
      { name: 'checkout, one hot product', requests: orders([hot as number]) },
      { name: 'checkout, sold out', requests: orders([soldOut as number]) },
    ]
    const measured = new Map(kinds.map(({ name }) => [name, [] as Sample[]]))
    for (const { requests } of kinds) await runWrk(url, requests, { connections, seconds: warmUpSeconds, signal })
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < kinds.length; turn++) {
        const kind = kinds[(round + turn) % kinds.length] as (typeof kinds)[number]
        say(`${kind.name}, round ${round + 1} of ${rounds}`)
        await quiet()
        measured
          .get(kind.name)
          ?.push(await sample({ url, containers }, kind.requests, { connections, seconds, signal }))
      }
    }
    return [...measured].map(([name, samples]) => toKind(name, samples))
  } finally {
    say('removing what was ordered')
    await quiet()
    await removeOrderData()
  }
}

type Sample = { round: Round; cpu: number; transactions: number }

async function sample(
  { url, containers }: Shop,
  requests: Requests,
  load: Parameters<typeof runWrk>[2],
): Promise<Sample> {
  const [cpu, transactions] = [await cpuTimeOf(containers), await committed()]
  const round = await runWrk(url, requests, load)
  await quiet()
  return { round, cpu: (await cpuTimeOf(containers)) - cpu, transactions: (await committed()) - transactions }
}

/** Answers of 400 and above are what is wanted where all is sold out, so a round says itself what failed there. */
function toKind(name: string, samples: Sample[]): CheckoutKind {
  const perRequest = (value: (sample: Sample) => number) =>
    median(samples.map((each) => value(each) / each.round.requests))
  return {
    name,
    ...resultOf(samples.map(({ round }) => round)),
    cpu: perRequest(({ cpu }) => cpu) * 1_000,
    transactions: perRequest(({ transactions }) => transactions),
  }
}

/** Past nginx's cache, all the way to the database, as an order goes. */
const reads = (ids: number[]): Requests => ({
  method: 'GET',
  paths: ids.map((id) => `/api/products/${id}`),
  cookie: 'a=b',
})

const orders = (ids: number[]): Requests => ({
  method: 'POST',
  path: '/api/orders',
  bodies: ids.map((id) => JSON.stringify({ product_id: id, quantity: 1 })),
})

/** Waits until nothing is left to do for any order. */
async function quiet(): Promise<void> {
  const container = await runningContainer('order-db')
  const left = 'select (select count(*) from outbox) + (select count(*) from orders where due_at is not null);'
  for (let look = 0; look < 600; look++) {
    const [count] = await psql(container, 'orders', [left])
    if (count === '0') return sleep(500)
    await sleep(100)
  }
  throw new Failure('expected every order to become final within a minute, but some are not', 'npm run logs')
}

/** Transactions that the databases have committed, reads among them. Statistics are written when a connection has been idle for a second. */
async function committed(): Promise<number> {
  await sleep(1_000)
  const databases = { 'product-db': 'products', 'order-db': 'orders', 'payment-db': 'payments' }
  let sum = 0
  for (const [role, database] of Object.entries(databases)) {
    const query = `select xact_commit from pg_stat_database where datname = '${database}';`
    sum += Number((await psql(await runningContainer(role), database, [query]))[0])
  }
  return sum
}
