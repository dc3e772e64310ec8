import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { container, eventually, healthy, requireTestStack } from '../stack.ts'
import { read } from './catalogue.ts'

beforeAll(requireTestStack)

afterEach(async () => {
  for (const name of ['gateway', 'product-api', 'order-api', 'product-db']) {
    if (!(await container(name).inspect()).State.Running) await container(name).start()
    await healthy(name)
  }
})

const known = ['/api/products', '/api/products/1']

test.each([
  { away: 'product-api', orders: 200 },
  { away: 'product-db', orders: 200 },
  { away: 'gateway', orders: 503 },
])(
  'while $away is away the catalogue is what it was, and said to be; orders are $orders, and nothing is made up',
  async ({ away, orders }) => {
    const before = await Promise.all(known.map((path) => read(path)))
    await container(away).stop()
    await sleep(2_000)
    for (const [index, path] of known.entries()) {
      const started = performance.now()
      const { status, cache, body, headers } = await read(path)
      expect({ status, cache, body }).toEqual({
        status: 200,
        cache: 'edge; hit; detail=stale',
        body: before[index]?.body,
      })
      // Made when it was still there.
      expect(Date.parse(headers.get('date') ?? '')).toBeLessThan(Date.now() - 1_000)
      expect(performance.now() - started).toBeLessThan(4_000)
    }
    const never = await read(`/api/products?q=${randomUUID()}`)
    expect([never.status, Number(never.headers.get('retry-after')) > 0]).toEqual([503, true])
    expect((await read('/api/products', { cookie: 'a=b' })).status).toBe(503)
    expect((await read('/api/orders')).status).toBe(orders)

    await container(away).start()
    await eventually(15, async () => (await read('/api/products')).cache !== 'edge; hit; detail=stale')
  },
)

test('while order-api is away orders are 503, and the catalogue is as fresh as ever', async () => {
  await container('order-api').stop()
  await sleep(2_000)
  expect((await read('/api/orders')).status).toBe(503)
  expect(await read('/api/products/1')).toMatchObject({
    status: 200,
    cache: expect.stringMatching(/fwd=(stale|uri-miss)/),
  })
})
