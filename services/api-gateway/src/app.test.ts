import { createHash } from 'node:crypto'
import { once } from 'node:events'
import express, { type RequestHandler } from 'express'
import supertest from 'supertest'
import { afterAll, expect, test } from 'vitest'
import { listen } from '../../../tests/unit/listen.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { createApp } from './app.ts'
import { createUpstream } from './proxy.ts'

/** A service that says what reached it. */
const echo = express()
echo.get('/api/products/large', (_req, res) => res.type('bin').send(Buffer.alloc(3_000_000, 'x')))
echo.get('/api/products/slow', (req, res) => {
  echo.emit('slow', req)
  setTimeout(() => res.send('late'), 5_000).unref()
})
echo.get('/api/products/cut', (_req, res) => {
  res.writeHead(200, { 'content-length': 100 }).write('half')
  setTimeout(() => res.destroy(), 50)
})
echo.use(express.text({ type: () => true }), (req, res) => {
  res
    .status(218)
    .set('x-powered-by', 'echo')
    .json({ method: req.method, url: req.url, headers: req.headers, body: req.body })
})

const upstream = await listen(echo)
afterAll(() => upstream[Symbol.asyncDispose]())

const productApi = createUpstream('The product service', upstream.url)
const orderApi = createUpstream('The order service', 'http://127.0.0.1:1')
const limitRequests: RequestHandler = (_req, _res, next) => next()
const app = createApp({ log: silentLog, limitRequests, productApi, orderApi })
const gateway = await listen(app)
afterAll(() => gateway[Symbol.asyncDispose]())

test('a request passes with method, path, query, body and its own headers, and the answer comes back', async () => {
  const answer = await supertest(app)
    .patch('/api/products/7?q=%E5%8C%97%E4%BA%AC&q=2')
    .set({
      'content-type': 'application/json',
      'idempotency-key': 'k',
      'x-forwarded-for': '192.0.2.7',
      authorization: 'Bearer t',
      te: 'trailers',
    })
    .send('{"name":"O\'Brien 👩‍🚀"}')
  expect(answer.status).toBe(218)
  expect(answer.body).toMatchObject({
    method: 'PATCH',
    url: '/api/products/7?q=%E5%8C%97%E4%BA%AC&q=2',
    body: '{"name":"O\'Brien 👩‍🚀"}',
    headers: {
      'idempotency-key': 'k',
      'x-forwarded-for': '192.0.2.7',
      authorization: 'Bearer t',
      'content-type': 'application/json',
    },
  })
  expect(answer.body.headers.te).toBeUndefined()
  expect(answer.body.headers['x-request-id']).toBe(answer.headers['x-request-id'])
  expect(answer.body.headers.traceparent).toBe(answer.headers.traceparent)
})

test('a large answer arrives whole', async () => {
  const answer = await fetch(`${gateway.url}/api/products/large`)
  const digest = (bytes: ArrayBuffer | Buffer) =>
    createHash('sha256')
      .update(Buffer.from(bytes as ArrayBuffer))
      .digest('hex')
  expect(digest(await answer.arrayBuffer())).toBe(digest(Buffer.alloc(3_000_000, 'x')))
})

test('an answer that breaks off is broken for the caller too, never complete', async () => {
  await expect(fetch(`${gateway.url}/api/products/cut`).then((answer) => answer.text())).rejects.toThrow()
})

test('a caller who leaves takes the request along', async () => {
  const leave = new AbortController()
  const arrived = once(echo, 'slow')
  const answer = fetch(`${gateway.url}/api/products/slow`, { signal: leave.signal })
  const [request] = await arrived
  const left = new Promise((resolve) => request.once('close', resolve))
  leave.abort()
  await expect(answer).rejects.toThrow()
  await left
})

test.each(['GET', 'POST', 'DELETE'])('%s to a service that is down is 503 at once', async (method) => {
  const started = performance.now()
  const answer = await fetch(`${gateway.url}/api/orders`, { method, ...(method === 'POST' && { body: '{}' }) })
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
  expect(await answer.json()).toEqual({
    error: 'The order service is not available',
    requestId: answer.headers.get('x-request-id'),
  })
  expect(performance.now() - started).toBeLessThan(500)
})

test('the health of a service is its readiness; the gateway has its own', async () => {
  expect((await supertest(app).get('/api/products/health')).body).toMatchObject({ url: '/ready' })
  expect((await supertest(app).get('/api/orders/health')).status).toBe(503)
  for (const path of ['/health', '/api/health']) {
    expect((await supertest(app).get(path)).body).toEqual({ status: 'healthy' })
  }
})

test('the description of the API is served, and unknown paths are not passed on', async () => {
  expect((await supertest(app).get('/api/openapi.json')).body.openapi).toMatch(/^3\.1/)
  for (const path of ['/', '/api/users', '/api/productsx', '/payments', '/internal', '/internal/audit']) {
    expect((await supertest(app).get(path)).status, path).toBe(404)
  }
})

test('what is data may not be run or framed; the other headers are left to nginx', async () => {
  const { headers } = await supertest(app).get('/api/products/1')
  expect(headers['content-security-policy']).toBe("default-src 'none';frame-ancestors 'none'")
  expect(headers).not.toHaveProperty('x-content-type-options')
})
