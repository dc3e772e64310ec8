import { randomUUID } from 'node:crypto'
import { createMetrics } from '@secure-ecommerce/kit/metrics'
import { expect, test, vi } from 'vitest'
import { ownOrders } from '../../../tests/unit/database.ts'
import { told } from '../../../tests/unit/metrics.ts'
import { orderService } from '../../../tests/unit/order-service.ts'
import { keptTrail } from '../../../tests/unit/trail.ts'
import { orderStatuses } from './order-status.ts'

const database = ownOrders()

/** A process whose neighbours have everything and take every card, and that delivers no messages. */
function start() {
  const metrics = createMetrics()
  return { api: orderService(database, 'demo', keptTrail, metrics), tell: () => told(metrics) }
}

/** What a process that has not been asked before tells of the database. */
const tellAnew = () => start().tell()

const paid = 'orders{status="paid"}'
const order = { items: [{ product_id: 1, quantity: 1 }] }

test('an order is counted in its state, and its message until it is heard', async () => {
  const { api, tell } = start()
  // Other tests place orders at the same time.
  await vi.waitFor(async () => {
    const before = await tellAnew()
    expect((await api.post('/api/orders').send(order)).status).toBe(201)
    const after = await tellAnew()
    expect(after[paid]).toBe((before[paid] as number) + 1)
    expect(after.order_outbox_waiting).toBe((before.order_outbox_waiting as number) + 1)
  }, 15_000)

  await database.query(
    `update outbox set written_at = now() - interval '90 seconds', due_at = now() + interval '1 hour'`,
  )
  expect((await tellAnew()).order_outbox_oldest_seconds).toBeGreaterThan(89)
  expect((await tellAnew()).order_outbox_oldest_seconds).toBeLessThan(100)
  await expect
    .poll(tell)
    .toMatchObject({ 'http_request_duration_seconds_count{method="POST",route="/api/orders",status="201"}': 1 })
})

test('there is a series for each state, also where no order is in it', async () => {
  const series = await tellAnew()
  for (const status of orderStatuses) expect(series[`orders{status="${status}"}`]).toBeGreaterThanOrEqual(0)
  expect(series.metrics_collection_errors_total).toBe(0)
})

test('what is long ago does not count, unless it is still open', async () => {
  const [reference, request] = [randomUUID(), 'a'.repeat(32)]
  const insert = (columns: string, values: string) =>
    database.query(
      `insert into orders (reference, customer, request_id, created_at, due_at${columns})
       values (gen_random_uuid(), $1, $2, now() - interval '3 days', 'infinity'${values})`,
      [reference, request],
    )
  await vi.waitFor(async () => {
    const before = await tellAnew()
    await insert('', '')
    const open = await tellAnew()
    expect(open['orders{status="pending"}']).toBe((before['orders{status="pending"}'] as number) + 1)
    await database.query(
      `update orders set status = 'cancelled', reason = 'timeout', due_at = null where customer = $1 and status = 'pending'`,
      [reference],
    )
    const closed = await tellAnew()
    expect(closed['orders{status="pending"}']).toBe(before['orders{status="pending"}'])
    expect(closed['orders{status="cancelled"}']).toBe(before['orders{status="cancelled"}'])
  }, 15_000)
})

test('wrong passwords are counted, whether there is such an account or not; right ones are not', async () => {
  const { api, tell } = start()
  const [email, password] = [`${randomUUID()}@example.com`, 'correct horse battery']
  const post = (path: string, body: object) =>
    api
      .post(`/api/auth/${path}`)
      .set('x-forwarded-for', `2001:db8::${Math.floor(Math.random() * 0xffff).toString(16)}`)
      .send(body)
  expect((await tell()).login_failures_total).toBe(0)
  expect((await post('register', { email, password, name: 'Ada' })).status).toBe(201)
  expect((await post('login', { email, password })).status).toBe(200)
  expect((await post('login', { email, password: 'wrong horse' })).status).toBe(401)
  expect((await post('login', { email: `no-${email}`, password })).status).toBe(401)
  expect((await tell()).login_failures_total).toBe(2)
})
