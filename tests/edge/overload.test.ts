import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { container, eventually, healthy, pastTheCache, requireTestStack, stack } from '../stack.ts'

type Answer = { status: number; retryAfter: string | null; ms: number }

async function ask(path: string, body?: object): Promise<Answer> {
  const started = performance.now()
  const headers = { 'content-type': 'application/json', ...pastTheCache }
  const options = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }
  const answer = await fetch(stack.url + path, { ...options, signal: AbortSignal.timeout(30_000) })
  await answer.arrayBuffer()
  const ms = Math.round(performance.now() - started)
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), ms }
}

const looks = Array.from({ length: 364 }, (_, n) => `/api/products/${n + 1}`)

let order: string
beforeAll(async () => {
  requireTestStack()
  const { products } = (await (await fetch(`${stack.url}/api/products?limit=100`)).json()) as {
    products: { id: number; stock: number }[]
  }
  const placed = await fetch(`${stack.url}/api/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ product_id: products.find(({ stock }) => stock > 1)?.id, quantity: 1 }),
  })
  order = `/api/orders/${((await placed.json()) as { id: number }).id}`
})

const frozen = [
  { name: 'product-db', limit: 8_000, others: ['/health', '/api/orders/health', '/basket', 'ORDER'] },
  { name: 'product-api', limit: 12_000, others: ['/health', '/api/orders/health', '/basket', 'ORDER'] },
  { name: 'gateway', limit: 17_000, others: ['/unavailable.css'] },
]

afterEach(async () => {
  for (const { name } of frozen) {
    if (!(await container(name).inspect()).State.Paused) continue
    await container(name).unpause()
    await healthy(name, 60)
  }
})

test.each(frozen)('while $name does not answer, nobody waits for ever and most are told at once', async (frost) => {
  await container(frost.name).pause()
  const looking = looks.map((path) => ask(path))
  await sleep(1_500)

  // Who does not need it does not notice.
  for (const path of frost.others) {
    const { status, ms } = await ask(path === 'ORDER' ? order : path)
    expect({ path, status }).toEqual({ path, status: 200 })
    expect(ms, path).toBeLessThan(1_000)
  }
  // Who buys is in no line behind those who look.
  expect((await ask('/api/orders', { product_id: 1, quantity: 1 })).ms).toBeLessThan(frost.limit)

  const answers = await Promise.all(looking)
  const wrong = answers.filter(({ status, retryAfter }) => status !== 503 || retryAfter === null)
  expect(wrong).toEqual([])
  expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(frost.limit)
  // Nginx lets 128 through at a time.
  expect(answers.filter(({ ms }) => ms < 2_000).length).toBeGreaterThan(200)

  await container(frost.name).unpause()
  await eventually(5, async () => (await ask('/api/products/1')).status === 200)
})
