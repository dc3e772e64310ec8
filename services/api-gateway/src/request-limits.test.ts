import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createBusinessServer } from '@secure-ecommerce/kit/http-server'
import { openIdentity } from '@secure-ecommerce/kit/identity'
import express from 'express'
import supertest from 'supertest'
import { afterAll, expect, test } from 'vitest'
import { testAuthority } from '../../../tests/unit/authority.ts'
import { defaultSettings, describedSettings } from '../../../tests/unit/default-settings.ts'
import { listen } from '../../../tests/unit/listen.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { bearer, identifyIn } from '../../../tests/unit/people.ts'
import { createApp } from './app.ts'
import { callers } from './callers.ts'
import { type Limits, limitSettings } from './limit-settings.ts'
import { createUpstream } from './proxy.ts'
import { requestLimits } from './request-limits.ts'

/** Knows one password and one refresh token, and answers everything else. */
const service = express()
service.use(express.json(), (req, res) => {
  if (req.path === '/api/auth/login') res.status(req.body.password === 'right' ? 200 : 401)
  if (req.path === '/api/auth/refresh') res.status(req.body.refresh_token === 'good' ? 200 : 401)
  res.json({})
})
const upstream = await listen(service)
afterAll(() => upstream[Symbol.asyncDispose]())

const shipped = defaultSettings('LIMIT_')
const defaults = Object.fromEntries(
  Object.entries(limitSettings).map(([name, { variable, read }]) => [name, read(shipped[variable])]),
) as Limits

function gatewayWith(limits: Partial<Limits> = {}) {
  const one = createUpstream('The service', upstream.url)
  const limitRequests = requestLimits({ limits: { ...defaults, ...limits }, identify: identifyIn('demo') })
  return createApp({ log: silentLog, limitRequests, productApi: one, orderApi: one })
}

/** Sends requests from an address, one after the other. */
function from(address: string, app = gatewayWith()) {
  const post = (path: string, body: object = {}, headers: object = {}) =>
    supertest(app)
      .post(path)
      .set({ 'x-forwarded-for': address, ...headers })
      .send(body)
  const statuses = async (times: number, send: () => PromiseLike<{ status: number }>) => {
    const found: number[] = []
    for (let n = 0; n < times; n++) found.push((await send()).status)
    return found
  }
  return {
    post,
    statuses,
    order: (headers?: object) => post('/api/orders', {}, headers),
    signIn: (password: string) => post('/api/auth/login', { password }),
  }
}

const times = (count: number, status: number) => Array<number>(count).fill(status)

test('what is described is what holds', () => {
  expect(shipped).toEqual(describedSettings('LIMIT_'))
})

test('by default a client who is not signed in has 100 writes in 15 minutes, is told how many are left, and reads on', async () => {
  const app = gatewayWith()
  const visitor = from('192.0.2.1', app)
  expect((await visitor.order()).headers).toMatchObject({
    ratelimit: '"anonymous-writes"; r=99; t=900',
    'ratelimit-policy': expect.stringMatching(/^"anonymous-writes"; q=100; w=900; pk=:.+:$/),
  })
  expect(await visitor.statuses(99, visitor.order)).toEqual(times(99, 200))

  const refused = await visitor.order()
  expect(refused).toMatchObject({
    status: 429,
    body: { error: 'Too many requests; try again later', requestId: refused.headers['x-request-id'] },
    headers: { ratelimit: expect.stringMatching(/^"anonymous-writes"; r=0; t=\d+$/) },
  })
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(880)
  for (const method of ['patch', 'delete'] as const) {
    const answer = await supertest(app)[method]('/api/products/1').set('x-forwarded-for', '192.0.2.1')
    expect(answer.status).toBe(429)
  }

  const read = await supertest(app).get('/api/products').set('x-forwarded-for', '192.0.2.1')
  expect(read.status).toBe(200)
  expect(read.headers).not.toHaveProperty('ratelimit')
  expect((await from('192.0.2.2', app).order()).status).toBe(200)
})

test('by default five wrong passwords are one too few for a sixth, and for the right one too', async () => {
  const app = gatewayWith()
  const visitor = from('192.0.2.1', app)
  expect(await visitor.statuses(6, () => visitor.signIn('wrong'))).toEqual([...times(5, 401), 429])
  expect((await visitor.signIn('right')).status).toBe(429)
  expect((await visitor.order()).status).toBe(200)
  expect((await from('192.0.2.2', app).signIn('right')).status).toBe(200)
})

test('right passwords do not count as wrong ones', async () => {
  const visitor = from('192.0.2.1')
  expect(await visitor.statuses(20, () => visitor.signIn('right'))).toEqual(times(20, 200))
  const { headers } = await visitor.signIn('wrong')
  expect(headers.ratelimit).toMatch(/^"login-failures"; r=4; t=\d+, "anonymous-writes"; r=79; t=\d+$/)
})

test('of many guesses at once five are made', async () => {
  const visitor = from('192.0.2.1')
  const answers = await Promise.all(Array.from({ length: 30 }, () => visitor.signIn('wrong')))
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
})

test('refreshing counts only where it fails: an office may stay signed in', async () => {
  const visitor = from('192.0.2.1', gatewayWith({ anonymousWrites: 3 }))
  const refresh = (refresh_token: string) => visitor.post('/api/auth/refresh', { refresh_token })
  expect(await visitor.statuses(10, () => refresh('good'))).toEqual(times(10, 200))
  expect(await visitor.statuses(5, () => refresh('bad'))).toEqual([401, 401, 401, 429, 429])
  expect(await visitor.statuses(3, visitor.order)).toEqual(times(3, 200))
})

test('an account counts for itself, wherever it comes from', async () => {
  const app = gatewayWith({ anonymousWrites: 2, accountWrites: 4 })
  const [ada, bob] = [await bearer('customer', randomUUID()), await bearer('customer', randomUUID())]
  const here = from('192.0.2.1', app)
  expect(await here.statuses(3, here.order)).toEqual([200, 200, 429])
  expect(await here.statuses(3, () => here.order(ada))).toEqual(times(3, 200))
  const there = from('192.0.2.2', app)
  expect(await there.statuses(2, () => there.order(ada))).toEqual([200, 429])
  expect((await here.order(bob)).headers.ratelimit).toBe('"account-writes"; r=3; t=900')
})

test('a token that is not good opens no count of its own', async () => {
  const visitor = from('192.0.2.1', gatewayWith({ anonymousWrites: 2 }))
  const { authorization } = await bearer('admin')
  const forged = () => ({ authorization: `${authorization.slice(0, -6)}${randomUUID().slice(0, 6)}` })
  expect(await visitor.statuses(3, () => visitor.order(forged()))).toEqual([200, 200, 429])
  expect((await visitor.order({ authorization: 'Basic eDp5' })).status).toBe(429)
})

test('an order’s link makes nobody more than a guest', async () => {
  const visitor = from('192.0.2.1', gatewayWith({ anonymousWrites: 1 }))
  const write = () => visitor.post(`/api/orders/1/refund?key=${'k'.repeat(22)}`)
  expect(await visitor.statuses(2, write)).toEqual([200, 429])
})

test.each([
  { one: '2001:db8:1:100::1', other: '2001:db8:1:1ff:ffff::2', why: 'in a network of 56 bits', status: 429 },
  { one: '2001:db8:1:100::1', other: '2001:db8:1:200::1', why: 'in another network', status: 200 },
  { one: '192.0.2.1', other: '::ffff:192.0.2.1', why: 'that is the same of IPv4', status: 429 },
])('$other $why: $status after $one', async ({ one, other, status }) => {
  const app = gatewayWith({ anonymousWrites: 1 })
  expect((await from(one, app).order()).status).toBe(200)
  expect((await from(other, app).order()).status).toBe(status)
})

test.each(['192.0.2.8, 192.0.2.9', 'nobody', ''])(
  'X-Forwarded-For: "%s" is no address, and not believed',
  async (claim) => {
    const app = gatewayWith({ anonymousWrites: 1 })
    const sender = from(claim, app)
    expect(await sender.statuses(2, sender.order)).toEqual([200, 429])
    expect((await from('another claim', app).order()).status).toBe(429)
  },
)

test('the storefront is believed for whom it asks, up to a ceiling for all together; nginx has none, and order-api no limit', async () => {
  using authority = testAuthority()
  const identity = openIdentity(authority.identity('localhost'))
  const app = gatewayWith({ anonymousWrites: 2, storefrontWrites: 8, loginFailures: 2, storefrontLoginFailures: 3 })
  const server = createBusinessServer(app, { identity, callers, log: silentLog }).listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  async function ask(service: string, address: string, path = '/api/orders') {
    const { key, cert, ca } = openIdentity(identities[service] as string).current()
    const agent = new Agent({ key, cert, ca })
    const headers = { 'x-forwarded-for': address, 'content-type': 'application/json' }
    const options = { host: 'localhost', port, path, agent, method: 'POST', headers }
    const [answer] = await once(request(options).end('{"password":"wrong"}'), 'response')
    answer.resume()
    await once(answer, 'end')
    return { status: answer.statusCode, headers: answer.headers }
  }
  const identities = Object.fromEntries(
    ['nginx', 'frontend', 'order-api', 'product-api'].map((name) => [name, authority.identity(name)]),
  )
  const invented = (part: number, path?: string) => ask('frontend', `198.51.100.${part}`, path)

  try {
    // Another visitor each time: for passwords, then for everything.
    const guesses = [1, 2, 3, 4].map((part) => invented(part, '/api/auth/login'))
    expect((await Promise.all(guesses)).map(({ status }) => status).sort()).toEqual([401, 401, 401, 429])
    // Who goes on beyond what is theirs takes nothing of it from others.
    const writes = []
    for (let n = 0; n < 20; n++) expect((await invented(10)).status).toBe(n < 2 ? 200 : 429)
    for (const part of [5, 6, 7, 8]) writes.push(await invented(part))
    expect(writes.map(({ status }) => status)).toEqual([200, 200, 200, 429])
    // What a visitor has left is told, what the storefront has is not.
    expect(writes[0]?.headers.ratelimit).toBe('"anonymous-writes"; r=1; t=900')

    for (const part of [5, 6, 7, 8]) expect((await ask('nginx', `198.51.100.${part}`)).status).toBe(200)
    for (let n = 0; n < 20; n++) {
      expect((await ask('order-api', '198.51.100.5', '/internal/stock/reservations')).status).toBe(200)
    }
    // Whoever else has a certificate may not say for whom it asks, for it may not ask.
    for (const other of ['order-api', 'product-api']) expect((await ask(other, '203.0.113.1')).status).toBe(403)
  } finally {
    server.close()
    server.closeAllConnections()
  }
})

test.each(['0', '-1', '1.5', 'many', ''])('a limit of %j is refused', (text) => {
  for (const { read } of Object.values(limitSettings)) expect(() => read(text || undefined)).toThrow()
})
