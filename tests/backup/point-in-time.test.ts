import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chargesAtOdds, type OrderRow, ordersNotFinal, paymentsAtOdds, stocksAtOdds } from '../chaos/model/books.ts'
import { quiet } from '../chaos/quiet.ts'
import { readCharges, readPayments } from '../chaos/read-books.ts'
import { eventually } from '../stack.ts'
import { damage, rows, type Stillness, sell, shop, startAt, to, verify } from './recovery-stack.ts'

let first: Stillness

beforeAll(async () => {
  first = await startAt(3)
  await sell(3)
  await damage()
})
afterAll(() => shop.remove())

describe('a moment before somebody dropped a table', () => {
  let said: string
  let replaced: unknown

  beforeAll(async () => {
    replaced = await rows()
    said = await shop.run(to(first.moment))
  })

  test('has every row that was there then, and none that came after', async () => {
    expect(await rows()).toEqual(first.rows)
    expect(first.rows).not.toEqual(replaced)
  })

  test('what it replaced is beside it, and --undo brings it back', async () => {
    expect(await rows('_replaced')).toEqual(replaced)
    expect(said).toContain('scripts/restore.sh --undo')
    await shop.run('scripts/restore.sh --undo --yes')
    expect(await rows()).toEqual(replaced)
    await shop.run('scripts/restore.sh --undo --yes')
    expect(await rows()).toEqual(first.rows)
  })

  test('the trail verifies, and tells of it', async () => {
    expect(await verify()).toMatchObject({ status: 0 })
    const text = await shop.run('node scripts/audit.ts show --since 5m')
    expect(text).toMatch(/operator made the backup base of \d{4}-/)
    expect(text).toContain(`operator restored the backup ${first.moment}: the state of ${first.moment}`)
    expect(text).toMatch(/operator accepted the trail of order-api as it stands at seal \d+: restored \d{4}-/)
  })

  test('the shop goes on, and so does its trail', async () => {
    await sell(1)
    await quiet(30, shop.select)
    await shop.sealed()
    expect(await verify()).toMatchObject({ status: 0 })
  })
})

describe('a moment while orders are placed', () => {
  type Sale = { id: number; asked: number; answered: number; status: number }
  const sales: Sale[] = []
  let moment: number
  let orders: (OrderRow & { id: number })[]
  let stocked: { id: number; stocked: number }[]

  beforeAll(async () => {
    await quiet(30, shop.select)
    const select = 'select p.id, p.stock + coalesce(sum(i.quantity), 0)::int as stocked from products p'
    stocked = await shop.select(
      'product-db',
      `${select} left join reservation_items i on i.product_id = p.id and exists (
         select from reservations r where r.order_reference = i.order_reference and r.status = 'confirmed')
       group by p.id`,
    )
    const over = new AbortController()
    const customers = [1, 2, 3, 4].map(() => buyUntil(over.signal))
    await eventually(60, async () => sales.length > 20)
    moment = Date.now()
    await sleep(500)
    over.abort()
    await Promise.all(customers)
    await shop.run(to(new Date(moment).toISOString()))
    await quiet(30, shop.select)
    orders = await shop.select(
      'order-db',
      `select id, reference, status, reason, total_cents,
         (select json_agg(json_build_object('product_id', product_id, 'quantity', quantity)) from order_items where order_id = o.id) as items
       from orders o`,
    )
  })

  async function buyUntil(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      const asked = Date.now()
      const body = JSON.stringify({ product_id: 1 + (sales.length % 3), quantity: 1 })
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${shop.url}/api/orders`, { method: 'POST', headers, body })
      const { id } = (await answer.json()) as { id: number }
      sales.push({ id, asked, answered: Date.now(), status: answer.status })
    }
  }

  test('has every order that was answered before it, as it was told, and none that was asked for after it', () => {
    const statuses = new Map(orders.map(({ id, status }) => [id, status]))
    const before = sales.filter(({ answered, status }) => answered < moment && status === 201)
    expect(before.filter(({ id }) => statuses.get(id) !== 'fulfilled')).toEqual([])
    expect(before.length).toBeGreaterThan(10)
    const after = sales.filter(({ asked }) => asked > moment)
    expect(after.filter(({ id }) => statuses.has(id))).toEqual([])
    expect(after.length).toBeGreaterThan(0)
  })

  test('comes to an end with every order, and the three databases agree on goods and money', async () => {
    expect(ordersNotFinal(orders)).toEqual([])
    const left = await shop.select<{ id: number; stock: number }>('product-db', 'select id, stock from products')
    const stocks = new Map(left.map(({ id, stock }) => [id, stock]))
    const products = stocked.map(({ id, stocked: all }) => ({ id, stocked: all, left: stocks.get(id) ?? 0 }))
    expect(stocksAtOdds(products, orders)).toEqual([])
    expect(chargesAtOdds(orders, await readCharges(shop.select))).toEqual([])
    expect(paymentsAtOdds(orders, await readPayments(shop.select))).toEqual([])
  })
})
