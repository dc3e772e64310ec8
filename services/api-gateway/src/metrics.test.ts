import { createMetrics } from '@secure-ecommerce/kit/metrics'
import express from 'express'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from '../../../tests/unit/listen.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { seriesOf, told } from '../../../tests/unit/metrics.ts'
import { identifyIn } from '../../../tests/unit/people.ts'
import { createApp } from './app.ts'
import { createUpstream } from './proxy.ts'
import { requestLimits } from './request-limits.ts'

const writes = { anonymousWrites: 2, accountWrites: 1, storefrontWrites: 1 }
const limits = { windowMinutes: 15, ...writes, loginFailures: 1, storefrontLoginFailures: 1 }

/** The gateway before a product service that has one product, and holds what it is asked for under a name; orders are away. */
async function start() {
  const metrics = createMetrics()
  const held: (() => void)[] = []
  const service = express()
  service.get('/api/products/1', (_req, res) => res.json({}))
  service.get(
    '/api/products/cut',
    (_req, res) => void res.writeHead(200, { 'content-length': 9 }).write('half', () => res.destroy()),
  )
  service.get('/api/products/:held', (_req, res) => void held.push(() => res.end()))
  const product = await listen(service)
  const gateway = await listen(
    createApp({
      ...{ log: silentLog, metrics, limitRequests: requestLimits({ limits, identify: identifyIn('demo'), metrics }) },
      productApi: createUpstream('The product service', product.url, { metrics }),
      orderApi: createUpstream('The order service', 'http://localhost:1', { metrics }),
    }),
  )
  onTestFinished(() => Promise.all([gateway, product].map((each) => each[Symbol.asyncDispose]())).then(() => {}))
  return {
    metrics,
    held,
    ask: (path: string, init?: RequestInit) => fetch(gateway.url + path, init),
    requests: () => seriesOf(metrics, 'http_request_duration_seconds_count'),
    upstream: () => seriesOf(metrics, 'upstream_request_duration_seconds_count'),
  }
}

test('what it passes on is measured by the templates of the contract, and what is in none is unknown', async () => {
  const { ask, requests, upstream } = await start()
  const asked = ['/api/products/1', '/api/orders/1/refund', '/api/auth/me', '/api/products/1/2', '/api/openapi.json']
  for (const path of [...asked, '/internal/stock/reservations', '/api']) await (await ask(path)).text()
  await expect.poll(requests).toEqual({
    'method="GET",route="/api/products/{id}",status="200"': 1,
    'method="GET",route="/api/orders/{id}/refund",status="503"': 1,
    'method="GET",route="/api/auth/me",status="503"': 1,
    'method="GET",route="unknown",status="404"': 2,
    'method="GET",route="/api/openapi.json",status="200"': 1,
    'method="GET",route="/internal/stock/{step}",status="404"': 1,
  })
  expect(await upstream()).toEqual({
    'target="127.0.0.1",outcome="2xx"': 1,
    'target="127.0.0.1",outcome="4xx"': 2,
    'target="localhost",outcome="error"': 2,
  })
})

test('an answer that breaks off is an error of who gave it, and one whose caller leaves is nobody’s', async () => {
  const { ask, held, upstream, metrics } = await start()
  await expect(ask('/api/products/cut').then((answer) => answer.text())).rejects.toThrow()
  await expect.poll(upstream).toEqual({ 'target="127.0.0.1",outcome="error"': 1 })

  const leave = new AbortController()
  const left = ask('/api/products/held', { signal: leave.signal }).catch(() => 'left')
  await expect.poll(() => held.length).toBe(1)
  leave.abort()
  await left
  await expect.poll(upstream).toMatchObject({ 'target="127.0.0.1",outcome="aborted"': 1 })
  await expect.poll(async () => (await told(metrics)).http_requests_in_flight).toBe(0)
})

test('who is beyond a limit is counted under its name', async () => {
  const { ask, metrics, requests } = await start()
  const limited = () => seriesOf(metrics, 'http_requests_limited_total')
  const none = Object.fromEntries(
    [
      ...['account-writes', 'anonymous-writes', 'storefront-writes'],
      ...['login-failures', 'storefront-login-failures', 'refresh-failures'],
    ].map((limit) => [`limit="${limit}"`, 0]),
  )
  expect(await limited()).toEqual(none)
  const write = async () => (await ask('/api/orders', { method: 'POST' })).status
  expect([await write(), await write(), await write(), await write()]).toEqual([503, 503, 429, 429])
  expect(await limited()).toEqual({ ...none, 'limit="anonymous-writes"': 2 })
  await expect.poll(requests).toMatchObject({ 'method="POST",route="/api/orders",status="429"': 2 })
})
