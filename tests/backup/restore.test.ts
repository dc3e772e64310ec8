import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buy, type Purchase, putOnSale, takeOffSale } from '../chaos/buyer.ts'
import { chargesAtOdds, type OrderRow, ordersNotFinal, paymentsAtOdds, stocksAtOdds } from '../chaos/model/books.ts'
import { change } from '../chaos/psql.ts'
import { quiet } from '../chaos/quiet.ts'
import { readCharges, readPayments } from '../chaos/read-books.ts'
import { eventually, stack } from '../stack.ts'
import { everyRow } from './every-row.ts'
import { backup, backupsFolder, restore } from './operate.ts'
import { runBeside } from './run-beside.ts'
import { orderThere, sealedThere, second, selectThere } from './second-stack.ts'

const run = `backup-${Date.now().toString(36)}`
const stocks = [1_000_000, 30]
const shelf: number[] = []
const purchases: (Purchase & { answered: number })[] = []
let folder: ReturnType<typeof backupsFolder>

beforeAll(async () => {
  folder = backupsFolder()
  for (const stock of stocks) shelf.push(await putOnSale('Backed up', stock))
})
afterAll(async () => {
  await takeOffSale(shelf)
  folder[Symbol.dispose]()
})

/** Orders of every kind, until told to stop: of plenty and of what runs out, paid at once, late, and not at all. */
async function sell(customer: number, over: AbortSignal): Promise<void> {
  const tokens = ['tok_visa', 'tok_visa', 'tok_chargeDeclined', 'tok_simulateLateSuccess']
  for (let number = 0; !over.aborted; number++) {
    const body = {
      items: [{ product_id: shelf[number % shelf.length] as number, quantity: 1 }],
      email: `${customer}-${number}@${run}.example`,
      address: 'Backup Street',
      payment_token: tokens[number % tokens.length] as string,
    }
    const key = `${run}-${customer}-${number}`
    const answer = await buy(key, body, {})
    if (answer) purchases.push({ key, body, answers: [answer], answered: Date.now() })
  }
}

describe('a backup under load, restored beside', () => {
  /** When the backup began, and when its restore did. */
  let began: number
  let restored: number
  let orders: (OrderRow & { id: number; email: string | null })[]

  beforeAll(async () => {
    const over = new AbortController()
    const sold = Array.from({ length: 6 }, (_, customer) => sell(customer, over.signal))
    await eventually(60, async () => purchases.length > 40)
    began = Date.now()
    const file = await backup(folder.path)
    await sleep(500)
    over.abort()
    await Promise.all(sold)
    restored = Date.now()
    await restore(file, second.env)
    await quiet(30, selectThere)
    orders = await selectThere(
      'order-db',
      `select id, reference, status, reason, total_cents, email,
         (select json_agg(json_build_object('product_id', product_id, 'quantity', quantity)) from order_items where order_id = o.id) as items
       from orders o`,
    )
  })
  const own = () => orders.filter(({ email }) => email?.endsWith(`@${run}.example`))

  test('has every order that was answered before it began, and not those placed after it', () => {
    const before = purchases.filter(({ answered }) => answered < began)
    const there = new Set(own().map(({ email }) => email))
    // 409 is what is sold out, which may leave no order.
    const accepted = before.filter(({ answers }) => answers[0]?.status !== 409)
    expect(accepted.filter(({ body }) => !there.has(body.email)).map(({ key }) => key)).toEqual([])
    expect(accepted.length).toBeGreaterThan(20)
    expect(own().length).toBeLessThan(purchases.length)
  })

  test('what customers were told before it is true there', () => {
    const statuses = new Map(own().map(({ email, status }) => [email, status]))
    const told = purchases.filter(({ answered, answers }) => answered < began && answers[0]?.status === 201)
    expect(told.filter(({ body }) => statuses.get(body.email) !== 'fulfilled').map(({ key }) => key)).toEqual([])
  })

  test('comes to an end with every order, also those that were under way', async () => {
    const ended = await selectThere(
      'order-db',
      `select from order_events where at > to_timestamp(${restored} / 1000.0)`,
    )
    expect(ended.length).toBeGreaterThan(0)
    expect(ordersNotFinal(orders)).toEqual([])
  })

  test('sold + left = stocked, for every product', async () => {
    const left = await selectThere<{ id: number; stock: number }>(
      'product-db',
      `select id, stock from products where id in (${shelf.join()})`,
    )
    const products = left.map(({ id, stock }) => ({ id, stocked: stocks[shelf.indexOf(id)] ?? 0, left: stock }))
    expect(products).toHaveLength(stocks.length)
    expect(stocksAtOdds(products, own())).toEqual([])
  })

  test('every paid order has one captured charge of its amount, and every charge its order', async () => {
    expect(chargesAtOdds(orders, await readCharges(selectThere))).toEqual([])
  })

  test('the payments say the same, and belong to orders', async () => {
    const payments = await readPayments(selectThere)
    const references = new Set(orders.map(({ reference }) => reference))
    expect(paymentsAtOdds(own(), payments)).toEqual([])
    expect(payments.filter(({ order_reference }) => !references.has(order_reference))).toEqual([])
  })

  test('no stock is held or sold for an order that is not there', async () => {
    const references = new Set(orders.map(({ reference }) => reference))
    const taken = await selectThere<{ order_reference: string }>(
      'product-db',
      `select order_reference from reservations where status in ('held', 'confirmed')`,
    )
    expect(taken.filter(({ order_reference }) => !references.has(order_reference))).toEqual([])
  })
})

describe('a backup at rest, restored into a stack that runs and has other data', () => {
  let source: unknown
  let replaced: unknown
  let file: string
  let said: string

  beforeAll(async () => {
    await quiet(30)
    // What expires meanwhile would be swept away in one of the two.
    for (const table of ['idempotency_keys', 'sessions', 'refresh_tokens', 'login_failures']) {
      await change('order-db', `delete from ${table} where expires_at < now() + interval '20 minutes'`)
    }
    // The last of what was done has its seal.
    await sleep(1_500)
    source = await everyRow(stack.prefix)
    file = await backup(folder.path)
    await sealedThere()
    replaced = await everyRow(second.prefix)
    said = await restore(file, second.env)
  })

  test('is equal in every row, sequence, owner, grant and policy', async () => {
    expect(await everyRow(second.prefix)).toEqual(source)
    expect(source).not.toEqual(replaced)
  })

  test('what it replaced is beside it, untouched', async () => {
    expect(await everyRow(second.prefix, '_replaced')).toEqual(replaced)
    expect(said).toContain('scripts/restore.sh --undo')
  })

  test('the trail verifies, and tells of it', async () => {
    expect(await runBeside(second.env, 'node scripts/audit.ts verify')).toMatchObject({ status: 0 })
    const { text } = await runBeside(second.env, 'node scripts/audit.ts show --since 5m')
    const name = file.split('/').at(-1)
    expect(text).toContain(`operator made the backup ${name}`)
    expect(text).toContain(`operator restored the backup ${name}: the state of `)
    expect(text).toMatch(
      new RegExp(`operator accepted the trail of order-api as it stands at seal \\d+: restored ${name}`),
    )
  })

  test('the shop goes on there, and so does its trail', async () => {
    expect(await orderThere(shelf[0] as number)).toBe(201)
    await quiet(10, selectThere)
    await sealedThere()
    expect(await runBeside(second.env, 'node scripts/audit.ts verify')).toMatchObject({ status: 0 })
  })

  test('--undo brings back what was there', async () => {
    await restore('--undo', second.env)
    expect(await everyRow(second.prefix)).toEqual(replaced)
    expect(await runBeside(second.env, 'node scripts/audit.ts verify')).toMatchObject({ status: 0 })
  })

  test('the stack it was made of was not touched', async () => expect(await everyRow(stack.prefix)).toEqual(source))
})
