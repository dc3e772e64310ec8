import { once } from 'node:events'
import { request as plainRequest } from 'node:http'
import { callers as gateway } from '@secure-ecommerce/api-gateway/callers'
import { callers as frontend } from '@secure-ecommerce/frontend/callers'
import type { Callers } from '@secure-ecommerce/kit/callers'
import type { Credentials } from '@secure-ecommerce/kit/identity'
import { callers as orders } from '@secure-ecommerce/order-api/callers'
import { callers as payments } from '@secure-ecommerce/payment-api/callers'
import { callers as products } from '@secure-ecommerce/product-api/callers'
import { afterAll, describe, expect, test } from 'vitest'
import { selfSigned, testAuthority } from '../unit/authority.ts'
import { addressOf, authorityFolder, type Call, call, refusals, refusedFor } from './call.ts'

const shop = testAuthority(authorityFolder)
const foreign = testAuthority()
afterAll(() => {
  for (const each of [shop, foreign]) each[Symbol.dispose]()
})

const issued = (service: string, certificate = {}) => shop.read(shop.identity(service, certificate))
const everybody = [
  'nginx',
  'frontend',
  'api-gateway',
  'product-api',
  'order-api',
  'payment-api',
  'product-db',
  'stranger',
]
const credentials = new Map(everybody.map((name) => [name, issued(name)]))
const of = (name: string) => credentials.get(name) as Credentials

const servers: { service: string; callers: Callers; friend: string }[] = [
  { service: 'frontend', callers: frontend, friend: 'nginx' },
  { service: 'api-gateway', callers: gateway, friend: 'nginx' },
  { service: 'product-api', callers: products, friend: 'api-gateway' },
  { service: 'order-api', callers: orders, friend: 'api-gateway' },
  { service: 'payment-api', callers: payments, friend: 'order-api' },
]

describe.each(servers)('$service', ({ service, callers, friend }) => {
  const routes = Object.entries(callers).flatMap(([path, allowed]) =>
    everybody.map((caller) => ({ path, caller, may: allowed.includes(caller) })),
  )

  test.each(routes)('$path by $caller: $may', async ({ path, caller, may }) => {
    const since = Date.now()
    const { status, body } = await call(service, { ...of(caller), path })
    expect(body.includes('not for the service that your certificate names')).toBe(!may)
    const cause = `${caller} may not ask for ${path}`
    if (may) expect(await refusals(service, since)).not.toContain(cause)
    else {
      expect(status).toBe(403)
      await refusedFor(service, cause, since)
    }
  })

  const trusted = { ca: of(friend).ca, crl: of(friend).crl }
  const attempts: { who: string; with: () => Call; cause: string }[] = [
    { who: 'no certificate', with: () => trusted, cause: 'no certificate' },
    {
      who: 'a self-signed certificate',
      with: () => ({ ...selfSigned(), ...trusted }),
      cause: 'a certificate of another authority',
    },
    {
      who: 'a certificate of another authority',
      with: () => ({ ...foreign.read(foreign.identity(friend)), ...trusted }),
      cause: 'a certificate of another authority',
    },
    {
      who: 'a certificate that has run out',
      with: () => issued(friend, { from: '2 hours ago', until: '1 hour ago' }),
      cause: 'a certificate that has run out',
    },
    {
      who: 'a certificate that is not valid yet',
      with: () => issued(friend, { from: '1 hour', until: '2 hours' }),
      cause: 'a certificate that is not valid yet',
    },
    { who: 'TLS 1.2', with: () => ({ ...of(friend), maxVersion: 'TLSv1.2' }), cause: 'a version of TLS before 1.3' },
  ]
  test.each(attempts)('refuses $who', async ({ with: how, cause }) => {
    expect((await call(service, of(friend))).status).toBe(200)
    const since = Date.now()
    await expect(call(service, how())).rejects.toThrow()
    await refusedFor(service, cause, since)
  })

  test('refuses two names at once', async () => {
    const names = `URI:spiffe://secure-ecommerce/${friend},URI:spiffe://secure-ecommerce/stranger,DNS:${friend}`
    const since = Date.now()
    expect((await call(service, issued('both', { names }))).status).toBe(403)
    await refusedFor(service, 'expected one URI in the certificate but found 2', since)
  })

  test('refuses plain text', async () => {
    const since = Date.now()
    const sent = plainRequest({ host: await addressOf(service), port: 8443, path: '/health' })
    await expect(once(sent.end(), 'response')).rejects.toThrow()
    await refusedFor(service, 'plain text', since)
  })

  const plainPorts = {
    frontend: 3000,
    'api-gateway': 8080,
    'product-api': 8001,
    'order-api': 8002,
    'payment-api': 8003,
  }
  const plainUrl = async () => `http://${await addressOf(service)}:${Reflect.get(plainPorts, service)}`

  test('tells its metrics on its plain port, and not where it does business', async () => {
    const told = await (await fetch(`${await plainUrl()}/metrics`)).text()
    expect(told).toMatch(/^# TYPE http_request_duration_seconds histogram$/m)
    expect(told).toMatch(/^identity_not_after_timestamp_seconds \d{10}$/m)
    const { status, body } = await call(service, { ...of(friend), path: '/metrics' })
    expect([403, 404]).toContain(status)
    expect(body).not.toMatch(/process_cpu|http_request/)
  })

  test('does no business on its plain port', async () => {
    const base = await plainUrl()
    expect(await (await fetch(`${base}/health`)).json()).toEqual({ status: 'healthy' })
    for (const path of ['/', '/api/products', '/api/orders', '/internal/stock', '/charges']) {
      expect((await fetch(base + path)).status).toBe(404)
    }
  })
})
