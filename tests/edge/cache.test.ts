import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { exec } from '../stack.ts'
import { nextSecond, type Product, read, testProduct } from './catalogue.ts'
import { loggedUntil } from './inside.ts'
import { nginxApart } from './nginx-apart.ts'

const hit = 'edge; hit'

test('within a second a read is answered with what is kept, and as it was made', async () => {
  await using product = await testProduct()
  await nextSecond()
  const first = await read(product.path)
  const again = await read(product.path)
  expect([first.cache, again.cache]).toEqual(['edge; fwd=uri-miss', hit])
  expect(again.body).toBe(first.body)
  expect(again.headers.get('date')).toBe(first.headers.get('date'))
  expect(again.requestId).not.toBe(first.requestId)
  await nextSecond()
  expect((await read(product.path)).cache).toBe('edge; fwd=stale')
})

test.each([
  { what: 'a price', change: { price: 2 } },
  { what: 'a stock', change: { stock: 5 } },
])('$what that is changed after a quiet time is seen by the first who asks', async ({ change }) => {
  await using product = await testProduct()
  for (const quiet of [1_000, 1_500, 3_000]) {
    const [field, value] = Object.entries(change)[0] as [keyof Product, number]
    const changed = { [field]: value + quiet }
    await nextSecond()
    await read(product.path)
    await product.change(changed)
    await sleep(quiet)
    expect({ quiet, ...JSON.parse((await read(product.path)).body) }).toMatchObject({ quiet, ...changed })
  }
})

test('after a quiet time everybody who asks at once sees it', async () => {
  await using product = await testProduct()
  await read(product.path)
  await product.change({ price: 7 })
  await sleep(3_000)
  const reads = await Promise.all(Array.from({ length: 20 }, () => read(product.path)))
  expect(new Set(reads.map(({ body }) => (JSON.parse(body) as Product).price))).toEqual(new Set([7]))
})

/** Reads over and over, several at a time, until stopped. */
function startReading(path: string, readers: number) {
  const seen: { sent: number; product: Product; cache: string | null }[] = []
  let stopped = false
  const reading = Array.from({ length: readers }, async () => {
    while (!stopped) {
      const sent = performance.now()
      const { body, cache } = await read(path)
      seen.push({ sent, product: JSON.parse(body), cache })
    }
  })
  return {
    async stop() {
      stopped = true
      await Promise.all(reading)
      return seen
    },
  }
}

test('under steady reads a change is seen within a second, and one request a second asks for it', async () => {
  await using product = await testProduct()
  const [since, started] = [Date.now() - 1_000, performance.now()]
  const reading = startReading(product.path, 8)
  const changes: { at: number; price: number }[] = []
  // At another moment of the second each time.
  for (const price of [2, 3, 4, 5]) {
    await sleep(1_230)
    await product.change({ price })
    changes.push({ at: performance.now(), price })
  }
  await sleep(1_300)
  const seen = await reading.stop()
  const seconds = (performance.now() - started) / 1_000

  for (const { at, price } of changes) {
    // Who asks while another waits for the new answer has the old one, for a second more at most.
    const old = seen.filter(({ sent, product }) => sent > at + 1_000 && product.price < price)
    expect(old.filter(({ cache }) => cache !== 'edge; hit; detail=updating')).toEqual([])
    expect(old.filter(({ sent }) => sent > at + 2_000)).toEqual([])
  }
  expect(seen.at(-1)?.product.price).toBe(5)
  expect(seen.filter(({ cache }) => cache === hit).length).toBeGreaterThan(seen.length / 2)

  const last = `/api/products/${randomUUID()}`
  await read(last)
  const asked = (await loggedUntil(last, since)).filter(
    ({ service, method, path }) => service === 'api-gateway' && method === 'GET' && path === product.path,
  )
  expect(asked.length).toBeGreaterThan(4)
  expect(asked.length).toBeLessThan(seconds + 3)
})

test('a stock that an order takes is seen within a second', async () => {
  await using product = await testProduct({ stock: 10 })
  await read(product.path)
  await product.order(4)
  await sleep(1_000)
  expect(JSON.parse((await read(product.path)).body)).toMatchObject({ stock: 6 })
})

test('of those who ask at once for what was never read, one is let through', async () => {
  await using product = await testProduct()
  const since = Date.now() - 1_000
  // What is read is good until the end of its second.
  await sleep(1_000 - (Date.now() % 1_000))
  const reads = await Promise.all(Array.from({ length: 20 }, () => read(product.path)))
  expect(reads.filter(({ cache }) => cache === 'edge; fwd=uri-miss')).toHaveLength(1)
  expect(new Set(reads.map(({ body }) => body)).size).toBe(1)
  const last = `/api/products/${randomUUID()}`
  await read(last)
  const asked = (await loggedUntil(last, since)).filter(({ path, method }) => method === 'GET' && path === product.path)
  expect(asked.map(({ service }) => service).toSorted()).toEqual(['api-gateway', 'product-api'])
})

test('who has an answer is told by 304 that it is still good, whole or compressed, with a cookie or without', async () => {
  await using product = await testProduct({ description: 'word '.repeat(500) })
  for (const headers of [{}, { 'accept-encoding': 'gzip' }, { cookie: 'basket=1-2' }] as Record<string, string>[]) {
    const { headers: kept } = await read(product.path, headers)
    const etag = kept.get('etag') ?? ''
    expect(etag).toMatch(/^W\/"[\w-]{43}"$/)
    expect(kept.get('cache-control')).toMatch(/^no-cache/)
    const known = await read(product.path, { ...headers, 'if-none-match': etag })
    expect({ headers, status: known.status, body: known.body }).toEqual({ headers, status: 304, body: '' })
    expect(known.headers.get('etag')).toBe(etag)
  }
  const { headers } = await read(product.path)
  await product.change({ price: 3 })
  await sleep(1_000)
  const anew = await read(product.path, { 'if-none-match': headers.get('etag') ?? '' })
  expect(anew.status).toBe(200)
  expect(JSON.parse(anew.body)).toMatchObject({ price: 3 })
})

test.each([
  { why: 'that is not there', path: '/api/products/999999999999999', status: 404 },
  { why: 'that makes no sense', path: '/api/products?limit=0', status: 400 },
])('the answer to what $why is kept for nobody', async ({ path, status }) => {
  const [one, other] = [await read(path), await read(path)]
  for (const { body, requestId, ...answer } of [one, other]) {
    expect(answer).toMatchObject({ status, cache: 'edge; fwd=uri-miss' })
    expect(JSON.parse(body)).toMatchObject({ requestId })
  }
})

test.each(['/', '/products/1', '/api/orders', '/api/auth/me', '/api/products/health', '/api/openapi.json'])(
  '%s is no matter of the cache',
  async (path) => {
    await read(path)
    expect((await read(path)).cache).toBeNull()
  },
)

test('what is kept has its size, whatever is asked for, and nobody is refused because of it', async () => {
  const run = randomUUID().slice(0, 8)
  const statuses = new Set<number>()
  const queue = Array.from({ length: 1_400 }, (_, n) => `/api/products?limit=20&q=${run}${n}`)
  const worker = async () => {
    for (let path = queue.pop(); path; path = queue.pop()) statuses.add((await read(path)).status)
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  // Not one for want of room.
  expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([])
  const files = await exec('nginx', ['sh', '-c', 'find /var/cache/nginx -type f | wc -l'])
  expect(Number(files.output)).toBeGreaterThan(500)
  expect(Number(files.output)).toBeLessThan(1_150)
  const used = await exec('nginx', ['df', '--output=pcent', '/var/cache/nginx'])
  expect(Number.parseInt(used.output.split('\n')[1] ?? '', 10)).toBeLessThan(80)
})

test.each(['-1', '61', '0.5', '1; }', 'x'])(
  'CACHE_SECONDS=%j makes no sense, and nginx does not start',
  async (CACHE_SECONDS) => {
    await expect(nginxApart({ CACHE_SECONDS })).rejects.toThrow(
      'expected CACHE_SECONDS to be a whole number from 0 to 60',
    )
  },
)
