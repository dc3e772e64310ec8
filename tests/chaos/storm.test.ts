import { afterAll, beforeAll, expect, test } from 'vitest'
import { requireTestStack } from '../stack.ts'
import { buy, putOnSale, readOrder, takeOffSale } from './buyer.ts'
import { logOf, returnsOf, saveLogs } from './container-log.ts'
import { allCrashPoints, mountCrashPoints } from './crash-orders.ts'
import { heal } from './disturb.ts'
import { inSeconds, printFigures } from './figures.ts'
import { inTurn } from './in-turn.ts'
import { unequalAnswers } from './model/answers.ts'
import { chargesAtOdds, type OrderRow, ordersNotFinal, paymentsAtOdds, stocksAtOdds } from './model/books.ts'
import { fullLength, planOf, targets } from './model/plan.ts'
import { brokenPromises, type PublicOrder } from './model/promises.ts'
import { type Lifetime, recoveryOf } from './model/recovery.ts'
import { select } from './psql.ts'
import { quiet } from './quiet.ts'
import { readCharges, readPayments } from './read-books.ts'
import { run, seconds, seed } from './run.ts'
import { rideOut, type Storm } from './storm.ts'

const plan = planOf(seed, seconds, await allCrashPoints())
const shelf: number[] = []
let storm: Storm
/** Milliseconds from when everything was well to when nothing was under way. */
let untilQuiet: number
let orders: (OrderRow & { email: string })[]
let undo: (() => Promise<void>) | undefined

beforeAll(
  async () => {
    requireTestStack()
    console.log(`npm run test:chaos -- --seed ${seed} --seconds ${seconds}`)
    await quiet(30)
    undo = await mountCrashPoints()
    for (const [place, stock] of plan.stocks.entries()) shelf.push(await putOnSale(`Chaos ${place}`, stock))

    storm = await rideOut(plan, seconds, shelf, run)
    await storm.answered
    // Longer than is allowed: what is not quiet in time is to be looked at all the same.
    await quiet(90)
    untilQuiet = Date.now() - storm.calm
    orders = await select(
      'order-db',
      `select reference, status, reason, total_cents, email,
            (select json_agg(json_build_object('product_id', product_id, 'quantity', quantity)) from order_items where order_id = id) as items
     from orders where email like '%@${run}.example'`,
    )
    await printWhatHappened()
  },
  (seconds + 180) * 1_000,
)

afterAll(async () => {
  await heal(targets)
  if (storm) console.log(`What everybody said meanwhile is in ${await saveLogs(targets, storm.began)}`)
  await undo?.()
  await takeOffSale(shelf)
}, 180_000)

test('every step it was told to die at, it died at', () => {
  expect(storm.crashes.length).toBe(plan.crashes.length)
})

test('all is quiet 30 s after the storm', () => expect(untilQuiet).toBeLessThan(30_000))

test('every customer got an answer, and none that says something is broken', () => {
  expect(storm.purchases.filter(({ key, answers }) => key !== null && answers.length === 0)).toEqual([])
  const expected = new Set([0, 201, 202, 402, 409, 422, 503])
  expect(Object.keys(storm.tally).filter((status) => !expected.has(Number(status)))).toEqual([])
})

test('sold + left = stocked, for every product', async () => {
  const left = await select<{ id: number; stock: number }>(
    'product-db',
    `select id, stock from products where id in (${shelf.join()})`,
  )
  const stocks = new Map(left.map(({ id, stock }) => [id, stock]))
  const products = shelf.map((id, place) => ({ id, stocked: plan.stocks[place] ?? 0, left: stocks.get(id) ?? 0 }))
  expect(stocksAtOdds(products, orders)).toEqual([])
})

test('every order is in a final state', () => expect(ordersNotFinal(orders)).toEqual([]))

test('nobody is served twice', () => {
  const byCustomer = Map.groupBy(orders, ({ email }) => email)
  expect([...byCustomer].filter(([, found]) => found.length > 1).map(([email]) => email)).toEqual([])
})

test('every paid order has one captured charge of its amount, and every charge its order', async () => {
  const charges = await readCharges(select)
  const every = await select<OrderRow>('order-db', 'select reference, status, reason, total_cents from orders')
  expect(chargesAtOdds(every, charges)).toEqual([])
})

test('the payments say the same, and the ledger sums to zero', async () => {
  const payments = await readPayments(select)
  const [ledger] = await select('payment-db', 'select coalesce(sum(amount_cents), 0) as sum from ledger_entries')
  expect(paymentsAtOdds(orders, payments)).toEqual([])
  expect(ledger).toEqual({ sum: 0 })
})

test('every 2xx a customer ever got is still true', async () => {
  const told = storm.purchases
    .flatMap(({ answers }) => answers.filter(({ status }) => status < 300))
    .map(({ status, body }) => ({ status, order: JSON.parse(body) as PublicOrder }))
  const ids = [...new Set(told.map(({ order }) => order.id))]
  const now = new Map(
    await inTurn(ids, async (id) => [id, (await readOrder(id)) as unknown as PublicOrder | undefined] as const),
  )
  expect(told.flatMap(({ status, order }) => brokenPromises(status, order, now.get(order.id)))).toEqual([])
  expect(told.length).toBeGreaterThan(0)
})

test('every replay is equal to its first answer', async () => {
  const claims = await select<{ key: string }>('order-db', `select key from idempotency_keys where key like '${run}-%'`)
  const claimed = new Set(claims.map(({ key }) => key))
  const keyed = storm.purchases.filter(({ key }) => key !== null)
  const unequal = await inTurn(keyed, async ({ key, body, answers }) => {
    // What nobody claimed would be a new order.
    const last = claimed.has(key as string) ? await buy(key, body, {}) : undefined
    return unequalAnswers(answers, last).map((difference) => `${key}: ${difference}`)
  })
  expect(unequal.flat()).toEqual([])
})

async function printWhatHappened(): Promise<void> {
  const { began, disturbances, crashes, purchases, tally } = storm
  const counted = Map.groupBy(orders, ({ status }) => status)
  const statuses = Object.entries(tally).map(([status, count]) => `${status === '0' ? 'broken' : status} ${count}`)
  const kills = disturbances.filter(({ kind }) => kind === 'kill').length
  const recovered = (await logOf('order-api', began)).filter(({ text }) => text.includes('"order recovered"')).length
  const { all, prompt } = await longestRecoveries()
  printFigures(`\nStorm of ${seconds} s${seconds < fullLength ? ', a sample' : ''}, seed ${seed}`, {
    orders: `${orders.length}: ${[...counted].map(([status, found]) => `${found.length} ${status}`).join(', ')}`,
    customers: `${purchases.length}, of whom ${purchases.filter(({ answers }) => answers.length > 1).length} asked twice`,
    answers: statuses.join(', '),
    kills: `${kills}, and ${disturbances.length - kills} pauses`,
    crashes: `${crashes.length} of ${plan.crashes.length} steps`,
    recoveries: recovered,
    'longest recovery': `${inSeconds(prompt)} after the last return, ${inSeconds(all)} where the provider answers late`,
    'quiet after': inSeconds(untilQuiet),
    'to repeat': `npm run test:chaos -- --seed ${seed} --seconds ${seconds}`,
  })
}

/** Since whoever was away has returned; `prompt` leaves out payments that are slow by themselves. */
async function longestRecoveries(): Promise<{ all: number; prompt: number }> {
  const lifetimes = await select<Lifetime>(
    'order-db',
    `select email, 1000 * extract(epoch from min(at)) as created, 1000 * extract(epoch from max(at)) as final
     from orders join order_events on order_id = id where email like '%@${run}.example' group by id`,
  )
  const returns = [...storm.returns, ...(await inTurn(targets, (name) => returnsOf(name, storm.began))).flat()]
  const slow = new Set(
    storm.purchases.filter(({ body }) => body.payment_token.includes('simulate')).map(({ body }) => body.email),
  )
  const longest = (some: Lifetime[]) => Math.max(0, ...some.map((lifetime) => recoveryOf(lifetime, returns)))
  return { all: longest(lifetimes), prompt: longest(lifetimes.filter(({ email }) => !slow.has(email ?? ''))) }
}
