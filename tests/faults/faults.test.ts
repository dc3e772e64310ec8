import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { container, eventually, exec, healthy, pastTheCache, requireTestStack, stack } from '../stack.ts'
import { startLoad, tally } from './load.ts'

const services = [
  'nginx',
  'frontend',
  'gateway',
  'product-api',
  'order-api',
  'payment-api',
  'product-db',
  'order-db',
  'payment-db',
]

beforeAll(requireTestStack)

afterEach(async () => {
  for (const name of services) {
    if (!(await container(name).inspect()).State.Running) await container(name).start()
    await healthy(name)
  }
})

const get = (path: string) => fetch(stack.url + path, { headers: pastTheCache })
const json = { 'content-type': 'application/json' }

async function newProduct(): Promise<number> {
  const body = JSON.stringify({ name: 'Faulty', price: 1, stock: 100_000 })
  const answer = await fetch(`${stack.url}/api/products`, { method: 'POST', headers: json, body })
  return ((await answer.json()) as { id: number }).id
}

test.each([
  { down: 'product-api', path: '/api/products' },
  { down: 'product-db', path: '/api/products' },
  { down: 'order-api', path: '/api/orders' },
  { down: 'order-db', path: '/api/orders' },
  { down: 'gateway', path: '/api/products' },
  { down: 'gateway', path: '/' },
  { down: 'product-api', path: '/' },
  { down: 'frontend', path: '/' },
])('while $down is down, $path is 503 with Retry-After, quickly, and recovers by itself', async ({ down, path }) => {
  expect((await get(path)).status).toBe(200)
  await container(down).stop()
  for (let n = 0; n < 3; n++) {
    const started = performance.now()
    const answer = await get(path)
    expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([503, true])
    expect(performance.now() - started).toBeLessThan(4_000)
    expect(await answer.text()).not.toMatch(/172\.\d+|ECONN|(product|order|payment)-(api|db)/)
  }
  await container(down).start()
  await eventually(15, async () => (await get(path)).status === 200)
})

test.each(['payment-api', 'product-api'])(
  'while %s is down an order is accepted, and completed once it is back',
  async (down) => {
    const id = await newProduct()
    await container(down).stop()
    const body = JSON.stringify({ product_id: id, quantity: 7 })
    const answer = await fetch(`${stack.url}/api/orders`, { method: 'POST', headers: json, body })
    expect(answer.status).toBe(202)
    const order = (await answer.json()) as { id: number }
    await container(down).start()
    await healthy(down)
    await eventually(5, async () => (await orderStatus(order.id)) === 'fulfilled')
    expect(await (await get(`/api/products/${id}`)).json()).toMatchObject({ stock: 99_993 })
  },
)

async function orderStatus(id: number): Promise<string> {
  return ((await (await get(`/api/orders/${id}`)).json()) as { status: string }).status
}

const readProducts = () => ({
  path: '/api/products?limit=5',
  init: (): RequestInit => ({ headers: pastTheCache }),
  success: '200',
})
const placeOrders = (id: number) => ({
  path: '/api/orders',
  init: (): RequestInit => ({ method: 'POST', headers: json, body: JSON.stringify({ product_id: id, quantity: 1 }) }),
  success: '201',
})

test.each([
  { database: 'product-db', traffic: readProducts },
  { database: 'order-db', traffic: placeOrders },
])('$database restarts under load: 503 while it is away, nothing after', async ({ database, traffic }) => {
  const { path, init, success } = traffic(await newProduct())
  const load = startLoad(path, { init })
  await sleep(1_000)
  await container(database).restart()
  await healthy(database)
  await sleep(500)
  const back = Date.now()
  await sleep(3_000)
  const outcomes = await load.stop()

  const during = tally(outcomes.filter(({ at }) => at < back))
  const after = tally(outcomes.filter(({ at }) => at >= back))
  expect(Object.keys(after)).toEqual([success])
  expect(Object.keys(during).filter((status) => status !== success && status !== '503')).toEqual([])
  expect(during[503]).toBeGreaterThan(0)
})

test.each(['frontend', 'gateway', 'product-api', 'order-api', 'payment-api', 'nginx'])(
  '%s stops under load: exit code 0, no answer is cut',
  async (name) => {
    const pages = { path: '/', init: () => ({}) }
    const { path, init } = name === 'frontend' || name === 'nginx' ? pages : placeOrders(await newProduct())
    const load = startLoad(path, { init })
    await sleep(1_000)
    const stopped = Date.now()
    await container(name).stop()
    const { State } = await container(name).inspect()
    expect(State.ExitCode).toBe(0)
    await container(name).start()
    await healthy(name)
    const outcomes = await load.stop()

    // While nginx is away there is nobody to say 503: Docker's proxy accepts the connection and drops it. What was sent before counts.
    const cut = outcomes.filter(({ at, status }) => status === 0 && (name !== 'nginx' || at < stopped))
    expect(cut).toEqual([])
    expect(
      Object.keys(tally(outcomes)).filter((status) => !['0', '200', '201', '202', '503'].includes(status)),
    ).toEqual([])
  },
)

test.each(['product-api', 'gateway', 'frontend'])(
  '%s comes back by itself when its process is killed',
  async (name) => {
    const before = (await container(name).inspect()).State.StartedAt
    // Process 1 is the init, which no signal from inside reaches; the service is its only child.
    await exec(name, ['sh', '-c', 'kill -9 $(cat /proc/1/task/1/children)'])
    await eventually(15, async () => (await container(name).inspect()).State.StartedAt !== before)
    await healthy(name)
    expect((await get(name === 'frontend' ? '/' : '/api/products')).status).toBe(200)
  },
)
