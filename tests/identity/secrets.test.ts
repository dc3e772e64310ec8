import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { startLoad, tally } from '../faults/load.ts'
import { exec, requireTestStack, stack } from '../stack.ts'
import { call, ownCredentials } from './call.ts'

beforeAll(requireTestStack)

const connect = readFileSync(new URL('connect.mjs', import.meta.url), 'utf8')

/** A whole rotation, which shows nothing of what it replaces. */
async function rotate(...words: string[]): Promise<void> {
  const { status, said } = await start(words).ended
  expect({ status, said }).toMatchObject({ status: 0 })
  for (const file of ['order_db_password', 'payment_api_key', 'stock_api_key', 'payment_webhook_key'])
    for (const value of await values('order-api', file)) expect(said).not.toContain(value)
}

/** In a process group of its own, so that it can be killed whole. */
function start(words: string[]) {
  const script = spawn('bash', ['scripts/rotate-secrets.sh', ...words], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [script.stdout, script.stderr]) stream.on('data', (part) => (said += part))
  const ended = once(script, 'close').then(([status]) => ({ status, said }))
  return { ended, kill: () => process.kill(-Number(script.pid), 'SIGKILL') }
}

/** What the file holds, the one in use first. */
async function values(container: string, secret: string): Promise<[string, ...string[]]> {
  const { output } = await exec(container, ['cat', `/run/secrets/${secret}`])
  const [first = '', ...others] = output.trim().split('\n')
  return [first, ...others]
}

const letsIn = async (service: string, password: string) => {
  const command = ['node', '--input-type=module', '--eval', connect, JSON.stringify({ password })]
  return (await exec(service, command)).output.trim()
}

const orderApi = () => ownCredentials(`${stack.prefix}-order-api`, 'order-api')
const keyIsTaken = async (key: string) => {
  const { status } = await call('payment-api', { ...orderApi(), path: '/payments/none', headers: { 'x-api-key': key } })
  return status !== 403
}

const order = () => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ product_id: 2, quantity: 1 }),
})

/** What a shop gets, 200 requests a second, while something is done. */
async function underLoad(work: () => Promise<void>) {
  const loads = [
    startLoad('/api/products/1', { perSecond: 170 }),
    startLoad('/', { perSecond: 10 }),
    startLoad('/api/orders', { perSecond: 20, init: order }),
  ]
  try {
    await work()
  } finally {
    await Promise.all(loads.map((load) => load.stop()))
  }
  const [reads, pages, orders] = loads.map(({ outcomes }) => Object.keys(tally(outcomes)))
  expect([reads, pages]).toEqual([['200'], ['200']])
  // The product may sell out meanwhile, which is an answer.
  expect(orders?.filter((status) => !['201', '202', '409'].includes(status))).toEqual([])
}

test('passwords of the databases are replaced under load without one failed request; the ones before are refused', async () => {
  const services = ['product-api', 'order-api', 'payment-api']
  const secretOf = (service: string) => `${service.replace('-api', '')}_db_password`
  const before = await Promise.all(services.map(async (service) => (await values(service, secretOf(service)))[0]))
  await underLoad(() => rotate('db'))
  for (const [index, service] of services.entries()) {
    const after = await values(service, secretOf(service))
    expect(after).toHaveLength(1)
    expect(after[0]).not.toBe(before[index])
    expect(await letsIn(service, after[0])).toBe('let in')
    expect(await letsIn(service, before[index] ?? '')).toMatch(/^refused: password authentication failed/)
  }
}, 180_000)

test('the keys between services are replaced under load without one failed request; the ones before are refused', async () => {
  const [before] = await values('payment-api', 'payment_api_key')
  expect(await keyIsTaken(before)).toBe(true)
  await underLoad(async () => {
    await rotate('payment-key')
    await rotate('stock-key')
  })
  const [after] = await values('payment-api', 'payment_api_key')
  expect([await keyIsTaken(before), await keyIsTaken(after)]).toEqual([false, true])
}, 180_000)

test('with the key of the access tokens at once, tokens of the one before are refused and sessions go on', async () => {
  const send = (path: string, body: object) =>
    fetch(`${stack.url}/api/auth/${path}`, { ...order(), body: JSON.stringify(body) })
  const credentials = { email: `rotation-${Date.now()}@shop.example`, password: 'a long password of a test' }
  expect((await send('register', { ...credentials, name: 'Ada' })).status).toBe(201)
  const opened = async (answer: Promise<Response>) =>
    (await (await answer).json()) as { access_token: string; refresh_token: string }
  const session = await opened(send('login', credentials))
  const isTaken = async (token: string) =>
    (await fetch(`${stack.url}/api/auth/me`, { headers: { authorization: `Bearer ${token}` } })).status === 200
  expect(await isTaken(session.access_token)).toBe(true)

  await underLoad(() => rotate('jwt', '--now'))
  expect(await isTaken(session.access_token)).toBe(false)
  const next = await opened(send('refresh', { refresh_token: session.refresh_token }))
  expect(await isTaken(next.access_token)).toBe(true)
}, 180_000)

describe('killed at any point, either the old one works or the new one, and the next run goes on', () => {
  test.each([
    { what: 'payment-key', secret: 'payment_api_key', works: keyIsTaken },
    {
      what: 'db',
      secret: 'payment_db_password',
      works: async (password: string) => (await letsIn('payment-api', password)) === 'let in',
    },
  ])(
    '$what',
    async ({ what, secret, works }) => {
      const [before] = await values('payment-api', secret)
      await underLoad(async () => {
        for (const after of [300, 2_000, 4_500]) {
          const script = start([what])
          await sleep(after)
          script.kill()
          await script.ended
          const known = await Promise.all((await values('payment-api', secret)).map(works))
          expect(known).toContain(true)
        }
        await rotate(what)
      })
      const [now, ...others] = await values('payment-api', secret)
      expect(others).toEqual([])
      expect([await works(before), await works(now)]).toEqual([false, true])
    },
    240_000,
  )
})
