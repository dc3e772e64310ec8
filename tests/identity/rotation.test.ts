import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:tls'
import { promisify } from 'node:util'
import type { Credentials } from '@secure-ecommerce/kit/identity'
import { beforeAll, expect, test } from 'vitest'
import { startLoad, tally } from '../faults/load.ts'
import { pastTheCache, requireTestStack, stack } from '../stack.ts'
import { addressOf, call, containerOf, ownCredentials, refusedFor } from './call.ts'

beforeAll(requireTestStack)

const servers = ['frontend', 'api-gateway', 'product-api', 'order-api', 'payment-api']
const own = (service: string) => ownCredentials(`${stack.prefix}-${containerOf(service)}`, service)
const friends: Record<string, string> = { frontend: 'nginx', 'api-gateway': 'nginx', 'payment-api': 'order-api' }
const friendOf = (service: string) => friends[service] ?? 'api-gateway'

test('certificates are replaced under load without one failed request; the ones before are refused', async () => {
  const before = new Map([...servers, 'nginx'].map((service) => [service, own(service)]))
  const serials = await Promise.all(
    servers.map(async (service) => (await call(service, own(friendOf(service)))).serial),
  )
  const session = await sessionWith('order-api', own('api-gateway'))

  const pages = startLoad('/', { perSecond: 10 })
  const reads = startLoad('/api/products/1', { perSecond: 60, init: () => ({ headers: pastTheCache }) })
  const orders = startLoad('/api/orders', {
    perSecond: 10,
    init: () => ({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ product_id: 1, quantity: 1 }),
    }),
  })
  try {
    await promisify(execFile)('scripts/rotate-secrets.sh', ['certs'])
  } finally {
    await Promise.all([pages, reads, orders].map((load) => load.stop()))
  }
  expect(Object.keys(tally(pages.outcomes))).toEqual(['200'])
  expect(Object.keys(tally(reads.outcomes))).toEqual(['200'])
  // The product may sell out meanwhile, which is an answer.
  expect(Object.keys(tally(orders.outcomes)).filter((status) => !['201', '409'].includes(status))).toEqual([])
  expect(reads.outcomes.length).toBeGreaterThan(100)

  for (const [index, service] of servers.entries()) {
    const friend = friendOf(service)
    const { serial, status } = await call(service, own(friend))
    expect({ service, status, same: serial === serials[index] }).toEqual({ service, status: 200, same: false })
    const stolen = { ...(before.get(friend) as Credentials), crl: own(friend).crl }
    const since = Date.now()
    await expect(call(service, stolen)).rejects.toThrow()
    await refusedFor(service, 'a certificate that was revoked', since)
  }

  const stolen = { ...(before.get('api-gateway') as Credentials), crl: own('api-gateway').crl }
  const since = Date.now()
  await expect(call('order-api', { ...stolen, session })).rejects.toThrow()
  await refusedFor('order-api', 'a certificate that was revoked', since)
  expect((await call('order-api', { ...own('api-gateway'), session })).resumed).toBe(false)
}, 120_000)

/** What the server gives a client so that it may greet more briefly the next time. */
async function sessionWith(service: string, credentials: Credentials): Promise<Buffer> {
  const socket = connect({ host: await addressOf(service), port: 8443, servername: service, ...credentials })
  socket.resume()
  socket.write(`GET /health HTTP/1.1\r\nHost: ${service}\r\nConnection: close\r\n\r\n`)
  const [session] = await once(socket, 'session')
  socket.destroy()
  return session
}
