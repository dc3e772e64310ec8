import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request as plainRequest } from 'node:http'
import { Agent, request } from 'node:https'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { testAuthority } from '../../../tests/unit/authority.ts'
import { openIdentity } from './identity.ts'

const program = fileURLToPath(new URL('../../../tests/unit/drain-service.ts', import.meta.url))
const authority = testAuthority()
afterAll(authority[Symbol.dispose])
const folder = authority.identity('drain-service')
const caller = openIdentity(authority.identity('caller')).current()
const newAgent = () => new Agent({ keepAlive: true, ...caller })

function start(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [program], {
    env: { BUSINESS_PORT: '0', IDENTITY_FOLDER: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Reads the service's log until a line with `message`. */
async function logged(service: ChildProcess, message: string): Promise<Record<string, unknown>> {
  for await (const text of createInterface({ input: service.stdout as NodeJS.ReadableStream })) {
    const line = JSON.parse(text)
    if (line.msg === message) return line
  }
  throw new Error(`the service ended without logging ${message}`)
}

async function get(port: unknown, path: string, agent?: Agent): Promise<{ status?: number; body: string }> {
  const options = { host: '127.0.0.1', port: Number(port), path }
  const sent = agent ? request({ ...options, agent, servername: 'drain-service' }) : plainRequest(options)
  const [answer] = await once(sent.end(), 'response')
  let body = ''
  for await (const chunk of answer) body += chunk
  return { status: answer.statusCode, body }
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s lets the request in flight finish, ends idle connections and exits 0',
  async (signal) => {
    const service = start({ PORT: '0' })
    const { businessPort } = await logged(service, 'listening')
    const agent = newAgent()
    expect((await get(businessPort, '/health', agent)).body).toBe('{"status":"healthy"}') // leaves an idle connection behind

    const inFlight = get(businessPort, '/slow', newAgent())
    await new Promise((resolve) => setTimeout(resolve, 100))
    const exit = once(service, 'exit')
    const started = performance.now()
    service.kill(signal)
    expect((await inFlight).body).toBe('whole')
    expect(await exit).toEqual([0, null])
    expect(performance.now() - started).toBeLessThan(2_000)
    await expect(get(businessPort, '/health', agent)).rejects.toThrow('ECONNREFUSED')
  },
)

test('the plain port tells whether the service works, and nothing of its business', async () => {
  const service = start({ PORT: '0' })
  const { port } = await logged(service, 'listening')
  expect(await get(port, '/health')).toEqual({ status: 200, body: '{"status":"healthy"}' })
  expect((await get(port, '/ready')).status).toBe(200)
  for (const path of ['/slow', '/health/', '/health/../slow', '//slow', '/slow?x=/health']) {
    expect(await get(port, path)).toMatchObject({ status: 404, body: expect.stringContaining('only tells whether') })
  }
  service.kill()
  await once(service, 'exit')
})

test.each([
  { METRICS: 'on', status: 200 },
  { METRICS: 'off', status: 404 },
])('with METRICS=$METRICS the plain port answers $status for them, and the one for business never', async (metrics) => {
  const service = start({ PORT: '0', METRICS: metrics.METRICS })
  const { port, businessPort } = await logged(service, 'listening')
  expect((await get(port, '/metrics')).status).toBe(metrics.status)
  expect((await get(businessPort, '/metrics', newAgent())).status).toBe(403)
  service.kill()
  await once(service, 'exit')
})

test('a service whose certificate has run out is not ready', async () => {
  const service = start({ PORT: '0', IDENTITY_FOLDER: authority.identity('drain-service', { until: '2 seconds' }) })
  const { port } = await logged(service, 'listening')
  await expect
    .poll(() => get(port, '/ready'), { timeout: 5_000 })
    .toEqual({
      status: 503,
      body: '{"status":"unhealthy","error":"The certificate has run out"}',
    })
  service.kill()
  await once(service, 'exit')
})

test('a wrong configuration ends the start with exit code 1 and a report, not a stack trace', async () => {
  const service = start({ PORT: 'http', IDENTITY_FOLDER: '/nowhere' })
  let report = ''
  service.stderr?.on('data', (chunk) => {
    report += chunk
  })
  expect(await once(service, 'exit')).toEqual([1, null])
  expect(report).toBe(
    'drain-service cannot start, 2 problems in its configuration:\n' +
      '  PORT             must be a number, got "http"\n' +
      '  IDENTITY_FOLDER  /nowhere/identity.pem: no such file\n',
  )
})
