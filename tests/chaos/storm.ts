import { setTimeout as sleep } from 'node:timers/promises'
import { buy, type Purchase, refund, type Tally } from './buyer.ts'
import { crashAt } from './crash-orders.ts'
import { disturb, heal, keepAlive } from './disturb.ts'
import type { CrashPoint } from './model/crash-points.ts'
import { ageing, type Disturbance, lapsing, type Plan, type PlannedOrder, targets } from './model/plan.ts'
import { change, type DatabaseName } from './psql.ts'

/** What came of a plan. */
export type Storm = {
  purchases: Purchase[]
  tally: Tally
  disturbances: Disturbance[]
  crashes: CrashPoint[]
  /** When somebody who had been killed or paused was let run again; Unix milliseconds. */
  returns: number[]
  began: number
  /** When everybody was well again. */
  calm: number
  /** Resolves when every customer has his answer. */
  answered: Promise<void>
}

/** Customers who are waiting for an answer at a time, at most. */
const crowd = 150

/**
 * Carries a plan out: sells, while what it sells with is killed and paused. Ends when everything is well again.
 *
 * @param shelf the ids of the products, by their place
 * @param run tells the orders of this run from all others
 */
export async function rideOut(plan: Plan, seconds: number, shelf: number[], run: string): Promise<Storm> {
  const began = Date.now()
  const over = new AbortController()
  const tooLong = AbortSignal.timeout((plan.orders.at(-1) as PlannedOrder).at)
  const storm = { purchases: [], tally: {}, disturbances: [], crashes: [], returns: [], began } as Omit<
    Storm,
    'calm' | 'answered'
  >

  async function disturbOneAfterAnother(planned: Disturbance[]): Promise<void> {
    for (const one of planned) {
      await sleepUntil(began + one.at)
      await disturb(one)
      storm.disturbances.push(one)
      storm.returns.push(Date.now())
    }
  }
  async function crashOneAfterAnother(planned: CrashPoint[]): Promise<void> {
    for (const one of planned) if (await crashAt(one, tooLong)) storm.crashes.push(one)
  }

  const answered = offer(plan.orders, { began, over: over.signal, shelf, run, storm })
  const spells = castSpells(shelf, over.signal)
  const keeper = keepAlive(targets)
  await Promise.all([
    sleep(seconds * 1_000),
    ...Object.values(Object.groupBy(plan.disturbances, ({ target }) => target)).map((some = []) =>
      disturbOneAfterAnother(some),
    ),
    ...Object.values(Object.groupBy(plan.crashes, ({ service }) => service)).map((some = []) =>
      crashOneAfterAnother(some),
    ),
  ])
  over.abort()
  await Promise.all([keeper.stop(), spells])
  await heal(targets)
  return { ...storm, calm: Date.now(), answered }
}

type Offer = Pick<Storm, 'began'> & {
  over: AbortSignal
  shelf: number[]
  run: string
  storm: Pick<Storm, 'purchases' | 'tally'>
}

async function offer(orders: PlannedOrder[], { began, over, shelf, run, storm }: Offer): Promise<void> {
  const waiting = new Set<Promise<void>>()

  async function purchase({ number, keyed, items, token, again, refunded }: PlannedOrder): Promise<void> {
    const body = {
      items: items.map(({ place, quantity }) => ({ product_id: shelf[place] ?? 999_999_999, quantity })),
      email: `buyer-${number}@${run}.example`,
      address: `${number} Stormy Street`,
      payment_token: token,
    }
    const key = keyed ? `${run}-${number}` : null
    const made: Purchase = { key, body, answers: [] }
    storm.purchases.push(made)
    // A repetition is the same order, however it is written.
    const repeat = async () =>
      made.answers.push(
        ...one(
          await buy(key, { ...body, items: items.length > 1 ? body.items.toReversed() : body.items }, storm.tally),
        ),
      )
    const beside = again === 'beside' ? repeat() : undefined
    made.answers.push(...one(await buy(key, body, storm.tally)))
    await beside
    const answer = made.answers.at(-1)
    if (refunded && answer?.status === 201) await refund(JSON.parse(answer.body).id)
    if (typeof again !== 'number') return
    await sleep(again)
    await repeat()
  }

  for (const order of orders) {
    await sleepUntil(began + order.at)
    while (waiting.size >= crowd) await Promise.race(waiting)
    if (over.aborted) break
    const made = purchase(order).finally(() => waiting.delete(made))
    waiting.add(made)
  }
  await Promise.all(waiting)
}

function sleepUntil(time: number): Promise<void> {
  return sleep(Math.max(0, time - Date.now()))
}

function one<Item>(item: Item | undefined): Item[] {
  return item === undefined ? [] : [item]
}

/** What takes half an hour in a shop: reservations that lapse, orders that are given up. */
async function castSpells(shelf: number[], over: AbortSignal): Promise<void> {
  const lapse = `update reservations set expires_at = now() - interval '1 s' where status = 'held' and order_reference in
    (select order_reference from reservation_items where product_id = ${shelf[lapsing]})`
  const age = `update orders set created_at = created_at - interval '1 hour'
    where status in ('pending', 'reserved') and created_at > now() - interval '30 min' and id in
    (select order_id from order_items where product_id = ${shelf[ageing]})`
  // A database may be away: the next time, then.
  const cast = (database: DatabaseName, spell: string) => change(database, spell).catch(() => {})
  while (!over.aborted) {
    await Promise.all([cast('product-db', lapse), cast('order-db', age), sleep(700)])
  }
}
