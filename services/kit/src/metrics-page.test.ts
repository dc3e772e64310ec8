import { once } from 'node:events'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Gauge } from 'prom-client'
import { afterAll, expect, test } from 'vitest'
import { testAuthority } from '../../../tests/unit/authority.ts'
import { listeningLog } from '../../../tests/unit/log.ts'
import { readSeries } from '../../../tests/unit/metrics.ts'
import { createHttpApp } from './http-app.ts'
import { createBusinessServer, createProbeServer } from './http-server.ts'
import { openIdentity } from './identity.ts'
import { createMetrics, type Metrics, measureIdentity } from './metrics.ts'

const authority = testAuthority()
afterAll(authority[Symbol.dispose])
const folder = authority.identity('localhost', { until: '1 hour' })
const identity = openIdentity(folder)
const caller = openIdentity(authority.identity('caller')).current()
const { log, lines } = listeningLog()

const closing: (() => void)[] = []
afterAll(() => {
  identity.unwatch()
  for (const close of closing) close()
})

/** Both servers of a service, each on a free port. */
async function start(metrics: Metrics | undefined) {
  const app = createHttpApp({ log, metrics, ready: async () => {}, routes: {} })
  const servers = [
    createProbeServer(app, { identity, log, metrics }),
    createBusinessServer(app, { identity, log, callers: { '/': ['caller'] } }),
  ]
  const ports = []
  for (const server of servers) {
    await once(server.listen(0), 'listening')
    closing.push(() => server.close().closeAllConnections())
    ports.push((server.address() as AddressInfo).port)
  }
  const [plain, business] = ports
  return { url: `http://localhost:${plain}`, business }
}

const metrics = createMetrics()
measureIdentity(metrics, identity)
const service = await start(metrics)

test('the plain port tells them in the text format, with those of the process', async () => {
  const answer = await fetch(`${service.url}/metrics`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const series = readSeries(await answer.text())
  expect(series.process_cpu_seconds_total).toBeGreaterThan(0)
  expect(series.process_resident_memory_bytes).toBeGreaterThan(10_000_000)
  expect(series.nodejs_eventloop_lag_p99_seconds).toBeGreaterThanOrEqual(0)
  expect(series.nodejs_eventloop_active_seconds_total).toBeGreaterThan(0)
  expect(series.nodejs_eventloop_active_seconds_total).toBeLessThan(performance.now() / 1_000)
  expect(series.http_requests_in_flight).toBe(0)
})

test.each(['/metrics/', '/metrics?name=x', '//metrics', '/Metrics'])('%s is not there', async (path) => {
  expect((await fetch(service.url + path)).status).toBe(404)
})

test('the port for business does not, whoever asks', async () => {
  const options = { host: 'localhost', port: service.business, path: '/metrics', ...caller }
  const [answer] = await once(request(options).end(), 'response')
  let body = ''
  for await (const chunk of answer) body += chunk
  expect([answer.statusCode, JSON.parse(body).error]).toEqual([404, 'No route for GET on this path'])
})

test('switched off there are none', async () => {
  const silent = await start(undefined)
  expect((await fetch(`${silent.url}/metrics`)).status).toBe(404)
  expect((await fetch(`${silent.url}/health`)).status).toBe(200)
})

test('what cannot be told is an error of ours, which the log has, and the service goes on', async () => {
  const broken = createMetrics()
  new Gauge({
    ...{ name: 'broken', help: 'Never there', registers: [broken] },
    collect() {
      throw new Error('postgres://user:hunter2@10.0.0.1')
    },
  })
  const answer = await fetch(`${(await start(broken)).url}/metrics`)
  expect([answer.status, await answer.json()]).toEqual([500, { error: 'Internal error' }])
  expect(lines.at(-1)).toMatchObject({ level: 'error', msg: 'the metrics cannot be told' })
})

test('the end of the certificate is told, and that of the next once it is there', async () => {
  const end = async () =>
    readSeries(await (await fetch(`${service.url}/metrics`)).text()).identity_not_after_timestamp_seconds as number
  const hour = 3_600
  expect(Math.abs((await end()) - Date.now() / 1_000 - hour)).toBeLessThan(60)

  identity.watch(log)
  authority.identity('localhost', { until: '5 hours' }, folder)
  await expect
    .poll(async () => Math.abs((await end()) - Date.now() / 1_000 - 5 * hour), { timeout: 8_000 })
    .toBeLessThan(60)
}, 15_000)
