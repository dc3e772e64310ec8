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
    limitRequests: (_req, _res, next) => next(),
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
  const headers = { priority: 'u=5' }
  const looking = Array.from({ length: 128 }, (_, n) =>
    fetch(`${gateway.url}/api/products/${n + 1}`, { signal: leave.signal, headers }).then(
      ({ status, headers }) => ({ status, retryAfter: headers.get('retry-after') }),
      () => 'left',
    ),
  )
  await expect.poll(() => arrived).toBe(24)
  expect(await ask('/health')).toEqual({ status: 200, retryAfter: null })
  expect(await ask('/api/orders', 'POST')).toEqual({ status: 200, retryAfter: null })

  // The others find the line full, or have stood in it for too long.
  const busy = { status: 503, retryAfter: '2' }
  expect(await Promise.all(looking.slice(24))).toEqual(Array(104).fill(busy))
  leave.abort()
  expect(await Promise.all(looking.slice(0, 24))).toEqual(Array(24).fill('left'))
})
