import express from 'express'
import { afterAll, expect, test } from 'vitest'
import { listen } from '../../../tests/unit/listen.ts'
import { seriesOf, told } from '../../../tests/unit/metrics.ts'
import { createClient, NotSentError } from './client.ts'
import { createMetrics } from './metrics.ts'

/** A service whose answers come when they are let go. */
const held: (() => void)[] = []
const slow = await listen(express().use((_req, res) => void held.push(() => res.json({}))))
afterAll(() => slow[Symbol.asyncDispose]())

test('no more wait for a slow service than it has connections: the next is told at once, and is not sent', async () => {
  const client = createClient('The slow service', slow.url)
  const underWay = Array.from({ length: 128 }, () => client.request({ method: 'GET', path: '/' }))
  const oneMore = client.request({ method: 'GET', path: '/' })
  await expect(oneMore).rejects.toBeInstanceOf(NotSentError)
  await expect(oneMore).rejects.toMatchObject({ status: 503, headers: { 'retry-after': '2' } })

  const answering = setInterval(() => {
    for (const answer of held.splice(0)) answer()
  }, 5)
  expect(await Promise.all(underWay)).toEqual(Array(128).fill({}))
  expect(await client.request({ method: 'GET', path: '/' })).toEqual({})
  clearInterval(answering)
  await client.close()
})

test('each request is measured by whom it was for and what came of it, to the end of the answer', async () => {
  const answers = express()
  answers.get('/late', (_req, res) => {
    res.write('{')
    setTimeout(() => res.end('}'), 80)
  })
  answers.get('/:status', (req, res) => res.status(Number(req.params.status)).json({}))
  await using service = await listen(answers)
  const metrics = createMetrics()
  const ask = (url: string, path: string, timeout = 5_000) =>
    createClient('The service', url, { metrics, timeout })
      .request({ method: 'GET', path })
      .catch(() => {})

  await ask(service.url, '/late')
  for (const status of [201, 404, 409, 503]) await ask(service.url, `/${status}`)
  await ask('http://localhost:1', '/')
  await ask(slow.url, '/', 100)
  expect(await seriesOf(metrics, 'upstream_request_duration_seconds_count')).toEqual({
    'target="127.0.0.1",outcome="2xx"': 2,
    'target="127.0.0.1",outcome="4xx"': 2,
    'target="127.0.0.1",outcome="5xx"': 1,
    'target="localhost",outcome="error"': 1,
    'target="127.0.0.1",outcome="timeout"': 1,
  })
  const sums = await told(metrics)
  expect(sums['upstream_request_duration_seconds_sum{target="127.0.0.1",outcome="2xx"}']).toBeGreaterThan(0.07)
})
