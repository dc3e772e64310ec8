import { once } from 'node:events'
import { Agent, METHODS, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Router } from 'express'
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { listen } from '../../../tests/unit/listen.ts'
import { listeningLog } from '../../../tests/unit/log.ts'
import { seriesOf, told } from '../../../tests/unit/metrics.ts'
import { createHttpApp } from './http-app.ts'
import type { Load } from './limit-load.ts'
import { createMetrics } from './metrics.ts'

/** A service whose notes take their time where a test says so. */
async function startNotes(load?: Load) {
  const metrics = createMetrics()
  const { log, lines } = listeningLog()
  const held: (() => void)[] = []
  const notes = Router()
  notes.get('/', (_req, res) => res.json([]))
  notes.get('/held', (_req, res) => void held.push(() => res.end()))
  notes.get('/slow', async (_req, res) => {
    res.write('half')
    await sleep(80)
    res.end()
  })
  notes.get('/broken', () => {
    throw new Error('a bug')
  })
  notes.get('/:id', (_req, res) => res.json({}))
  notes.all('/:id', (_req, res) => void res.writeHead(405).end())
  const app = createHttpApp({
    ...{ log, metrics, ready: async () => {}, ...(load && { load }) },
    routes: { '/api/notes': notes },
  })
  const http = await listen(app)
  onTestFinished(() => http[Symbol.asyncDispose]())
  const counts = () => seriesOf(metrics, 'http_request_duration_seconds_count')
  return { ...http, metrics, counts, held, lines, get: (path: string) => fetch(http.url + path) }
}

let notes: Awaited<ReturnType<typeof startNotes>>
beforeEach(async () => {
  notes = await startNotes()
})

const inFlight = async () => (await told(notes.metrics)).http_requests_in_flight

test('each request is counted once, by method, template and status; probes are not', async () => {
  for (const path of ['/api/notes', '/api/notes/1', '/api/notes/2', '/api/notes/broken', '/nowhere', '/health']) {
    await (await notes.get(path)).text()
  }
  await fetch(`${notes.url}/api/notes/1`, { method: 'DELETE' })
  await fetch(`${notes.url}/api/notes?q=1`, { method: 'HEAD' })
  await expect.poll(notes.counts).toEqual({
    'method="GET",route="/api/notes",status="200"': 1,
    'method="HEAD",route="/api/notes",status="200"': 1,
    'method="GET",route="/api/notes/{id}",status="200"': 2,
    'method="DELETE",route="/api/notes/{id}",status="405"': 1,
    'method="GET",route="/api/notes/broken",status="500"': 1,
    'method="GET",route="unknown",status="404"': 1,
  })
})

test('it lasts to the end of the answer', async () => {
  await (await notes.get('/api/notes/slow')).text()
  const labels = 'method="GET",route="/api/notes/slow",status="200"'
  await expect.poll(notes.counts).toMatchObject({ [labels]: 1 })
  const series = await told(notes.metrics)
  expect(series[`http_request_duration_seconds_sum{${labels}}`]).toBeGreaterThan(0.07)
  expect(series[`http_request_duration_seconds_bucket{le="0.05",${labels}}`]).toBe(0)
  expect(series[`http_request_duration_seconds_bucket{le="10",${labels}}`]).toBe(1)
})

test('who leaves is counted as the log says, and is in flight no more', async () => {
  const leave = new AbortController()
  const asked = notes.get('/api/notes/held')
  const left = fetch(`${notes.url}/api/notes/held`, { signal: leave.signal }).catch(() => 'left')
  await expect.poll(() => notes.held.length).toBe(2)
  expect(await inFlight()).toBe(2)

  leave.abort()
  expect(await left).toBe('left')
  await expect.poll(inFlight).toBe(1)
  for (const answer of notes.held) answer()
  await (await asked).text()
  await expect.poll(inFlight).toBe(0)
  expect(await notes.counts()).toEqual({
    'method="GET",route="/api/notes/held",status="499"': 1,
    'method="GET",route="/api/notes/held",status="200"': 1,
  })
  expect(notes.lines.filter(({ msg }) => msg === 'request').map(({ status }) => status)).toEqual([499, 200])
})

test('who is turned away under load is counted, by what they came for and in their route', async () => {
  notes = await startNotes({ atOnce: 1, reserved: 0, places: 1, patience: 50 })
  expect(await seriesOf(notes.metrics, 'http_requests_shed_total')).toEqual({
    'priority="patient"': 0,
    'priority="urgent"': 0,
  })
  const first = notes.get('/api/notes/held')
  await expect.poll(() => notes.held.length).toBe(1)
  const look = () => fetch(`${notes.url}/api/notes`, { headers: { priority: 'u=5' } })
  const looking = await Promise.all([look(), look(), look()])
  expect(looking.map(({ status }) => status)).toEqual([503, 503, 503])
  expect((await notes.get('/api/notes')).status).toBe(503)
  expect(await seriesOf(notes.metrics, 'http_requests_shed_total')).toEqual({
    'priority="patient"': 3,
    'priority="urgent"': 1,
  })
  notes.held[0]?.()
  await (await first).text()
  await expect.poll(notes.counts).toMatchObject({ 'method="GET",route="/api/notes",status="503"': 4 })
})

describe('whoever sends what they like', () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  afterAll(() => agent.destroy())
  const methods = METHODS.filter((method) => method !== 'CONNECT')

  async function send(method: string, path: string): Promise<void> {
    const [answer] = await once(request(notes.url + path, { method, agent }).end(), 'response')
    await once(answer.resume(), 'end')
  }

  const series = async () => Object.keys(await told(notes.metrics)).filter((name) => name.startsWith('http_'))

  test('makes no series: 1,000 paths in every method', async () => {
    for (const method of methods) for (const path of ['/', '/api/notes/1']) await send(method, path)
    await expect.poll(inFlight).toBe(0)
    const known = await series()
    expect(known.length).toBeLessThan(300)

    const hostile = ['/api/notes/N', '/N', '/api/N/1', '/api/notes/N/%00/N', '/N?route="N"', '/api/notes/%E0%A4%A/N']
    await Promise.all(
      Array.from({ length: 1_000 }, (_, n) =>
        send(methods[n % methods.length] as string, (hostile[n % hostile.length] as string).replaceAll('N', `${n}x`)),
      ),
    )
    await expect.poll(inFlight).toBe(0)
    expect(await series()).toEqual(known)
    expect(await notes.metrics.metrics()).not.toMatch(/\dx/)
    const counted = Object.values(await notes.counts()).reduce((sum, count) => sum + count, 0)
    expect(counted).toBe(1_000 + 2 * methods.length)
  })
})
