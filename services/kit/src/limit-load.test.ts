import type express from 'express'
import { Router } from 'express'
import { afterEach, expect, test } from 'vitest'
import { listen } from '../../../tests/unit/listen.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { createHttpApp } from './http-app.ts'
import { looksAtCatalogue } from './limit-load.ts'

/** An app with two places, one of them for buyers, whose answers come when they are let go. */
async function startSlowApp() {
  const held: (() => unknown)[] = []
  const slow = Router().use((_req, res) => void held.push(() => res.headersSent || res.json({})))
  const load = { most: 2, reserved: 1, canWait: looksAtCatalogue }
  const http = await listen(createHttpApp({ log: silentLog, ready: async () => {}, load, routes: { '/api': slow } }))
  const ask = (path: string, method = 'GET') => fetch(http.url + path, { method })
  const inHand = (count: number) => expect.poll(() => held.length).toBe(count)
  return { ...http, held, ask, inHand }
}

let app: Awaited<ReturnType<typeof startSlowApp>>
afterEach(async () => {
  for (const answer of app.held) answer()
  await app[Symbol.asyncDispose]()
})

test('who looks is turned away first, then who buys; health is always answered', async () => {
  app = await startSlowApp()
  const looking = app.ask('/api/products')
  await app.inHand(1)
  const turnedAway = await app.ask('/api/products/7?x=1')
  expect(turnedAway.status).toBe(503)
  expect(turnedAway.headers.get('retry-after')).toBe('2')
  expect(await turnedAway.json()).toEqual({
    error: 'There is too much to do at the moment',
    requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
  })

  const buying = app.ask('/api/orders', 'POST')
  await app.inHand(2)
  expect((await app.ask('/api/orders', 'POST')).status).toBe(503)
  expect((await app.ask('/health')).status).toBe(200)
  expect((await app.ask('/ready')).status).toBe(200)

  for (const answer of app.held) answer()
  expect([(await looking).status, (await buying).status]).toEqual([200, 200])
  const again = app.ask('/api/products')
  await app.inHand(3)
  app.held[2]?.()
  expect((await again).status).toBe(200)
})

test('who leaves without the answer gives the place back', async () => {
  app = await startSlowApp()
  const leave = new AbortController()
  const impatient = fetch(`${app.url}/api/products`, { signal: leave.signal })
  await app.inHand(1)
  leave.abort()
  await expect(impatient).rejects.toThrow()
  await expect
    .poll(async () => {
      const answer = app.ask('/api/products')
      await Promise.race([answer, app.inHand(2)])
      app.held[1]?.()
      return (await answer).status
    })
    .toBe(200)
})

test.each([
  { method: 'GET', path: '/api/products', waits: true },
  { method: 'HEAD', path: '/api/products', waits: true },
  { method: 'GET', path: '/api/products/7', waits: true },
  { method: 'PATCH', path: '/api/products/7', waits: false },
  { method: 'GET', path: '/api/products/health', waits: false },
  { method: 'POST', path: '/api/orders', waits: false },
  { method: 'GET', path: '/api/orders/7', waits: false },
  { method: 'POST', path: '/internal/stock/reservations', waits: false },
])('whether $method $path can wait: $waits', ({ method, path, waits }) => {
  expect(looksAtCatalogue({ method, path } as express.Request)).toBe(waits)
})
