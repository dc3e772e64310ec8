import { afterAll, expect, test } from 'vitest'
import { container, eventually, stack } from '../stack.ts'

type Line = Record<string, unknown>

/** The JSON lines that a container wrote since `since` (Unix seconds). */
async function linesOf(name: string, since: number): Promise<Line[]> {
  const raw = await container(name).logs({ stdout: true, stderr: true, since })
  // Docker frames each chunk of a container without a terminal by 8 bytes; what follows a line's frame starts with {.
  const text = raw
    .toString('utf8')
    .split('\n')
    .map((line) => line.slice(line.indexOf('{"')))
  return text.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
}

const products: number[] = []
afterAll(async () => {
  for (const id of products) await fetch(`${stack.url}/api/products/${id}`, { method: 'DELETE' })
})

test('one request can be followed by its id and trace through every hop', async () => {
  const since = Math.floor(Date.now() / 1_000) - 1
  const send = (path: string, body: object) =>
    fetch(stack.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const { id } = (await (await send('/api/products', { name: 'Traced', price: 1, stock: 5 })).json()) as { id: number }
  products.push(id)

  const placed = await send('/api/orders', { product_id: id, quantity: 1 })
  expect(placed.status).toBe(201)
  const requestId = placed.headers.get('x-request-id')
  const trace = placed.headers.get('traceparent')?.split('-')[1]
  expect(requestId).toMatch(/^[0-9a-f]{32}$/)

  const spans = new Set<string>()
  for (const name of ['nginx', 'gateway', 'order-api', 'product-api', 'payment-api']) {
    const line = await eventually(5, async () =>
      (await linesOf(name, since)).find((entry) => entry.requestId === requestId),
    )
    expect(line).toMatchObject({ level: 'info', status: expect.any(Number), method: 'POST' })
    const [, lineTrace, span] = String(line.traceparent).split('-')
    expect(lineTrace, name).toBe(trace)
    spans.add(String(span))
  }
  expect(spans.size).toBe(5)
})

test('a trace that the caller began is continued, a forged request id is not taken over', async () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  const answer = await fetch(`${stack.url}/api/products?limit=1`, {
    headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01`, 'x-request-id': 'f'.repeat(32) },
  })
  expect(answer.headers.get('traceparent')?.split('-')[1]).toBe(trace)
  expect(answer.headers.get('x-request-id')).not.toBe('f'.repeat(32))
})

test('health probes leave no line', async () => {
  const since = Math.floor(Date.now() / 1_000)
  await new Promise((resolve) => setTimeout(resolve, 12_000)) // every container is probed at least once in this time
  for (const name of ['nginx', 'gateway', 'frontend', 'order-api', 'product-api', 'payment-api']) {
    const probes = (await linesOf(name, since)).filter(({ path }) => path === '/health' || path === '/ready')
    expect(probes, name).toEqual([])
  }
})
