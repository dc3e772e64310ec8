import { Router } from 'express'
import { afterEach, expect, test } from 'vitest'
import { listen } from '../../../tests/unit/listen.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { createHttpApp } from './http-app.ts'
import type { Load } from './limit-load.ts'
import { currentContext } from './request-context.ts'

/** An app whose answers, each with its own name and request, come when they are let go. */
async function startSlowApp(load: Load) {
  const held: (() => unknown)[] = []
  const begun: string[] = []
  const slow = Router().use((req, res) => {
    begun.push(req.path)
    const body = { requestId: currentContext()?.requestId }
    held.push(() => res.headersSent || res.json(body))
  })
  const http = await listen(
    createHttpApp({ log: silentLog, ready: async () => {}, load, routes: { '/api': slow, '/internal': slow } }),
  )
  const ask = (path: string, init: RequestInit = {}) => fetch(http.url + path, init)
  const look = (path: string, init: RequestInit = {}) => ask(path, { ...init, headers: { priority: 'u=5' } })
  const inHand = (count: number) => expect.poll(() => begun.length).toBe(count)
  const letGo = () => {
    for (const answer of held.splice(0)) answer()
  }
  return { ...http, ask, look, begun, inHand, letGo }
}

let app: Awaited<ReturnType<typeof startSlowApp>>
afterEach(async () => {
  app.letGo()
  await app[Symbol.asyncDispose]()
})

const noLine = { places: 0, patience: 60_000 }

test('who looks is turned away first, then who buys; health and what is part of another request are answered', async () => {
  app = await startSlowApp({ atOnce: 2, reserved: 1, ...noLine })
  const looking = app.look('/api/look')
  await app.inHand(1)
  const turnedAway = await app.look('/api/look')
  expect([turnedAway.status, turnedAway.headers.get('retry-after')]).toEqual([503, '2'])
  expect(await turnedAway.json()).toEqual({
    error: 'There is too much to do at the moment',
    requestId: turnedAway.headers.get('x-request-id'),
  })

  const buying = app.ask('/api/buy')
  await app.inHand(2)
  expect((await app.ask('/api/buy')).status).toBe(503)
  expect((await app.ask('/health')).status).toBe(200)
  expect((await app.ask('/ready')).status).toBe(200)
  const part = app.ask('/internal/part')
  await app.inHand(3)

  app.letGo()
  expect([(await looking).status, (await buying).status, (await part).status]).toEqual([200, 200, 200])
})

test('who buys goes first in the line, and each is answered as itself', async () => {
  app = await startSlowApp({ atOnce: 1, reserved: 0, places: 2, patience: 60_000 })
  const first = app.look('/api/first')
  await app.inHand(1)
  const looking = [app.look('/api/look1'), app.look('/api/look2')]
  await expect.poll(async () => (await app.look('/api/look3')).status).toBe(503)
  const buying = app.ask('/api/buy')
  await new Promise((resolve) => setTimeout(resolve, 50))

  for (let count = 1; count <= 4; count++) {
    await app.inHand(count)
    app.letGo()
  }
  expect(app.begun[1]).toBe('/buy')
  for (const answer of await Promise.all([first, buying, ...looking])) {
    expect([answer.status, await answer.json()]).toEqual([200, { requestId: answer.headers.get('x-request-id') }])
  }
})

test('who stands in line for too long is told so', async () => {
  app = await startSlowApp({ atOnce: 1, reserved: 0, places: 1, patience: 50 })
  const first = app.ask('/api/first')
  await app.inHand(1)
  expect((await app.ask('/api/second')).status).toBe(503)
  app.letGo()
  expect((await first).status).toBe(200)
  const third = app.ask('/api/third')
  await app.inHand(2)
  app.letGo()
  expect((await third).status).toBe(200)
})

test('who leaves, in hand or in line, makes room', async () => {
  app = await startSlowApp({ atOnce: 1, reserved: 0, places: 1, patience: 60_000 })
  const leave = new AbortController()
  const inHand = app.ask('/api/hand', { signal: leave.signal }).catch(() => 'left')
  await app.inHand(1)
  const inLine = app.ask('/api/line', { signal: leave.signal }).catch(() => 'left')
  await expect.poll(async () => (await app.ask('/api/none')).status).toBe(503)
  leave.abort()
  expect([await inHand, await inLine]).toEqual(['left', 'left'])

  const next = app.ask('/api/next')
  await expect.poll(() => app.begun.includes('/next')).toBe(true)
  app.letGo()
  expect((await next).status).toBe(200)
})
