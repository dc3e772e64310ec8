import express from 'express'
import { afterAll, expect, test } from 'vitest'
import { listen } from '../../../tests/unit/listen.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { createApp } from './app.ts'
import { createUpstream } from './proxy.ts'

let arrived = 0
const never = await listen(express().use(() => void arrived++))
const quick = await listen(express().use((_req, res) => res.json({})))
const gateway = await listen(
  createApp({
    log: silentLog,
    productApi: createUpstream('The product service', never.url),
    orderApi: createUpstream('The order service', quick.url),
  }),
)
afterAll(() => Promise.all([gateway, never, quick].map((each) => each[Symbol.asyncDispose]())))

async function ask(path: string, method = 'GET') {
  const answer = await fetch(gateway.url + path, { method, signal: AbortSignal.timeout(1_000) })
  return { status: answer.status, retryAfter: answer.headers.get('retry-after') }
}

test('a service that does not answer holds up those who look at its products, and nobody else', async () => {
  const leave = new AbortController()
  const looking = Array.from({ length: 128 }, (_, n) =>
    fetch(`${gateway.url}/api/products/${n + 1}`, { signal: leave.signal }).catch(() => {}),
  )
  // As many as there are connections arrive; the others wait for one.
  await expect.poll(() => arrived).toBe(64)

  const busy = { status: 503, retryAfter: '2' }
  expect(await ask('/api/products')).toEqual(busy)
  expect(await ask('/api/products', 'POST')).toEqual(busy)
  expect(await ask('/health')).toEqual({ status: 200, retryAfter: null })
  expect(await ask('/api/orders', 'POST')).toEqual({ status: 200, retryAfter: null })

  leave.abort()
  await Promise.all(looking)
  await expect.poll(() => ask('/api/products').catch(({ name }) => name)).toBe('TimeoutError')
})
