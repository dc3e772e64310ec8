import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sample } from '../sabotage/model/seeded-sample.ts'
import { eventually, requireTestStack } from '../stack.ts'
import { buy, putOnSale, takeOffSale } from './buyer.ts'
import { heal, killFor } from './disturb.ts'
import { inSeconds, printFigures } from './figures.ts'
import { fullLength, targets } from './model/plan.ts'
import { select } from './psql.ts'
import { run, seconds, seed } from './run.ts'

/** In a shorter run, its share of them. */
const killed = sample(targets, Math.ceil((targets.length * seconds) / fullLength), seed)
const figures: Record<string, string> = {}
const over = new AbortController()
const sold: Promise<unknown>[] = []
let product: number

beforeAll(async () => {
  requireTestStack()
  await heal(targets)
  product = await putOnSale('Chaos', 1_000_000)
  sold.push(sellSteadily())
})

afterAll(async () => {
  over.abort()
  await heal(targets)
  await Promise.all(sold)
  await takeOffSale([product])
  printFigures('\nOne process killed under load: from its return to the last stuck order', figures)
})

test.each(killed)('killed alone, %s is back for 5 s at most when no order is stuck any more', async (name) => {
  await sleep(1_000)
  crowd(name)
  const back = await killFor(name, 1_000)
  const { stuck, last } = await eventually(30, () => ordersStuckAt(back))
  const took = stuck === 0 ? 0 : last - back
  figures[name] = `${inSeconds(took)}, ${stuck} orders`
  expect(took).toBeLessThan(5_000)
})

/** Ten orders a second. */
async function sellSteadily(): Promise<void> {
  for (let number = 0; !over.signal.aborted; number++) {
    sold.push(sell(`steady-${number}`, number))
    await sleep(100)
  }
}

/** So many at once that some are under way when the process dies. */
function crowd(name: string): void {
  for (let number = 0; number < 40; number++) sold.push(sell(`${name}-${number}`, number))
}

/** The provider declines every tenth; none is slow by itself. */
function sell(customer: string, number: number): Promise<unknown> {
  const order = {
    items: [{ product_id: product, quantity: 1 }],
    email: `calm-${customer}@${run}.example`,
    address: 'Calm Street',
    payment_token: number % 10 === 0 ? 'tok_chargeDeclined' : 'tok_visa',
  }
  return buy(`${run}-calm-${customer}`, order, {})
}

/** @returns how many orders were there and not final at this time, and when the last of them was; undefined while one is not */
async function ordersStuckAt(time: number): Promise<{ stuck: number; last: number } | undefined> {
  const [found] = await select<{ open: number; stuck: number; last: number }>(
    'order-db',
    `select count(*) filter (where status in ('pending', 'reserved', 'paid')) as open,
            count(*) filter (where final > returned) as stuck, 1000 * extract(epoch from max(final)) as last
     from (
       select o.status, min(at) as created, max(at) as final, to_timestamp(${time} / 1000.0) as returned
       from orders o join order_events on order_id = o.id where email like 'calm-%@${run}.example' group by o.id
     ) lifetime
     where created < returned`,
  )
  return found?.open === 0 ? found : undefined
}
