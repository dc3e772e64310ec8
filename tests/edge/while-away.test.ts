import { afterEach, expect, test } from 'vitest'
import { container, eventually, healthy, requireTestStack, stack } from '../stack.ts'
import { expectHeaders } from './expect-headers.ts'
import { request, sendRaw } from './raw.ts'

const whileAway = [
  { away: 'frontend', path: '/' },
  { away: 'frontend', path: '/unavailable.css', status: 200 },
  { away: 'gateway', path: '/api/products?q=never-read' },
  { away: 'gateway', path: '/' },
  { away: 'product-api', path: '/api/products?q=never-read' },
  { away: 'product-api', path: '/api/products?limit=1', status: 200 },
]

afterEach(async () => {
  for (const name of new Set(whileAway.map(({ away }) => away))) {
    if ((await container(name).inspect()).State.Running) continue
    await container(name).start()
    await healthy(name)
    await eventually(10, async () => (await fetch(stack.url)).ok)
  }
})

test.each(whileAway)('while $away is away, $path has them too', async ({ away, path, status = 503 }) => {
  requireTestStack()
  await container(away).stop()
  const { answers } = await sendRaw(request(`GET ${path}`), 5_000)
  expect(answers.map((answer) => answer.status)).toEqual([status])
  expectHeaders(answers[0]?.headers ?? [])
})
