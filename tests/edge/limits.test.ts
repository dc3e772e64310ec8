import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { healthy, requireTestStack, stack } from '../stack.ts'
import { nginxApart } from './nginx-apart.ts'

const enough = { LIMIT_CONNECTIONS: '50', LIMIT_REQUESTS: '1000', LIMIT_BURST: '1000', LIMIT_BANDWIDTH: '1024' }

/** In an address that is not passed on, so that nobody else's answer is in the way. */
const page = 'http://127.0.0.1/unavailable.css'

describe('nginx', () => {
  test('takes so many requests at once, then as many a second as it should', async () => {
    await using nginx = await nginxApart({ ...enough, LIMIT_REQUESTS: '1', LIMIT_BURST: '3' })
    const statuses = async (count: number, ...options: string[]) => {
      const found = []
      for (let n = 0; n < count; n++) found.push(await nginx.ask(page, '%{http_code}', ...options))
      return found
    }
    const urls = Array<string>(9).fill(page)
    const [first = '', ...others] = urls
    // One connection, so that no time passes between them.
    const told = await nginx.ask(first, '%{http_code} ', ...others.flatMap((url) => ['--output', '/dev/null', url]))
    expect(told.trim().split(' ')).toEqual([...Array(4).fill('200'), ...Array(5).fill('429')])
    expect(await statuses(1, '--header', 'X-Forwarded-For: 192.0.2.77', '--header', 'X-Real-IP: 192.0.2.78')).toEqual([
      '429',
    ])
    await new Promise((resolve) => setTimeout(resolve, 2_100))
    expect(await statuses(1)).toEqual(['200'])
  })

  test.each([
    { path: '/api/products', type: 'application/json' },
    { path: '/basket', type: 'text/html; charset=utf-8' },
  ])('refuses $path as $type, with the time after which to come again', async ({ path, type }) => {
    await using nginx = await nginxApart({ ...enough, LIMIT_REQUESTS: '1', LIMIT_BURST: '1' })
    for (let n = 0; n < 3; n++) await nginx.ask(page, '')
    const format = '%{http_code} %header{content-type}|%header{retry-after}|%header{x-content-type-options}'
    for (const scheme of ['http', 'https']) {
      expect(await nginx.ask(`${scheme}://localhost${path}`, format)).toBe(`429 ${type}|1|nosniff`)
    }
  })

  test('takes so many connections at a time, and sends each answer no faster than it should', async () => {
    await using nginx = await nginxApart({ ...enough, LIMIT_CONNECTIONS: '2', LIMIT_BANDWIDTH: '1' })
    // The page of 1 to 2 KiB takes a second, so they are all there at once.
    const slow = 'http://127.0.0.1/basket'
    const others = Array<string>(5).fill(slow)
    const options = ['--parallel', '--parallel-immediate', ...others.flatMap((url) => ['--output', '/dev/null', url])]
    const told = await nginx.ask(slow, '%{http_code}:%{time_total} ', ...options)
    const answers = told.split(' ').map((each) => each.split(':'))
    expect(answers.map(([status]) => status).sort()).toEqual(['429', '429', '429', '429', '503', '503'])
    const times = answers.filter(([status]) => status === '503').map(([, seconds]) => Number(seconds))
    for (const seconds of times) expect(seconds).toBeGreaterThan(0.5)
  })

  test.each([
    { name: 'LIMIT_CONNECTIONS', value: '0' },
    { name: 'LIMIT_REQUESTS', value: '1r/m' },
    { name: 'LIMIT_BURST', value: '10;' },
    { name: 'LIMIT_BANDWIDTH', value: '' },
  ])('does not start with $name=$value', async ({ name, value }) => {
    await expect(nginxApart({ ...enough, [name]: value })).rejects.toThrow(`expected ${name} to be a whole number`)
  })
})

describe('the gateway, through nginx', () => {
  /** The address of this machine, to the containers, is one for all tests. */
  const settings = { LIMIT_ANONYMOUS_WRITES: '6', LIMIT_ACCOUNT_WRITES: '3', LIMIT_STOREFRONT_WRITES: '100' }
  const recreate = async (limits: Record<string, string>) => {
    const options = ['compose', 'up', '--detach', '--no-build', '--no-deps', 'api-gateway']
    await promisify(execFile)('docker', options, { env: { ...process.env, ...limits } })
    await healthy('gateway')
  }
  beforeAll(async () => {
    requireTestStack()
    await recreate(settings)
  })
  afterAll(() => recreate({}))

  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(stack.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const refused = (headers?: Record<string, string>) => post('/api/orders', {}, headers)

  test('counts a visitor by the address that nginx saw, whatever they claim, and an account by its token', async () => {
    const email = `limits-${Date.now()}@example.com`
    const password = 'plenty of quiet water'
    expect((await post('/api/auth/register', { email, password, name: 'Limits' })).status).toBe(201)
    const { access_token } = (await (await post('/api/auth/login', { email, password })).json()) as {
      access_token: string
    }
    // Two of six are gone.
    const found = []
    for (let n = 1; n <= 6; n++) {
      const claim = `203.0.113.${n}`
      found.push(await refused({ 'x-forwarded-for': claim, forwarded: `for=${claim}`, 'x-real-ip': claim }))
    }
    expect(found.map(({ status }) => status)).toEqual([400, 400, 400, 400, 429, 429])
    expect(found[0]?.headers.get('ratelimit')).toMatch(/^"anonymous-writes"; r=3; t=\d+$/)
    expect(Number(found[5]?.headers.get('retry-after'))).toBeGreaterThan(60)
    expect(await found[5]?.json()).toEqual({
      error: 'Too many requests; try again later',
      requestId: found[5]?.headers.get('x-request-id'),
    })

    const mine = { authorization: `Bearer ${access_token}` }
    const forged = { authorization: `Bearer ${access_token.slice(0, -4)}AAAA` }
    const account = []
    for (let n = 0; n < 4; n++) account.push((await refused(mine)).status)
    expect(account).toEqual([400, 400, 400, 429])
    expect((await refused(forged)).status).toBe(429)
    expect((await fetch(`${stack.url}/api/products`)).status).toBe(200)
  })

  test('takes the storefront’s visitors for who they are', async () => {
    const form = await fetch(`${stack.url}/sign-in`)
    const token = /__Host-csrf=([^;]+)/.exec(form.headers.get('set-cookie') ?? '')?.[1] ?? ''
    const answer = await fetch(`${stack.url}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: `__Host-csrf=${token}`, origin: stack.url, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ csrf: token, email: 'nobody@example.com', password: 'whatever it may be' }),
    })
    expect({ status: answer.status, told: (await answer.text()).includes('too many attempts') }).toEqual({
      status: 429,
      told: true,
    })
  })
})
