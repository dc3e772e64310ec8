import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { get as plainGet } from 'node:http'
import { Agent, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect, createSecureContext, type TLSSocket } from 'node:tls'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { selfSigned, testAuthority } from '../../../tests/unit/authority.ts'
import { listeningLog } from '../../../tests/unit/log.ts'
import { createClient } from './client.ts'
import { createHttpApp } from './http-app.ts'
import { createBusinessServer, drain } from './http-server.ts'
import { type Credentials, type Identity, openIdentity } from './identity.ts'

const authority = testAuthority()
const foreign = testAuthority()
const { log, lines } = listeningLog()

const folder = authority.identity('localhost')
const identity = openIdentity(folder)
const app = createHttpApp({
  log,
  ready: async () => {},
  routes: {
    '/api': (_req, res) => void res.end('"business"'),
    '/internal/stock': (_req, res) => void res.end('"stock"'),
    '/slow': (_req, res) => void setTimeout(() => res.end('"slow"'), 300),
  },
})
const noted: { actor: string; route: string; status: number }[] = []
const trail = { refusals: { note: (refusal: (typeof noted)[number]) => void noted.push(refusal) } }
const callers = { '/api': ['gateway', 'storefront'], '/slow': ['gateway'], '/internal/stock': ['gateway'] }
const server = createBusinessServer(app, { identity, callers, log, trail }).listen(0)
await once(server, 'listening')
const { port } = server.address() as AddressInfo
identity.watch(log)

const gateway = openIdentity(authority.identity('gateway')).current()

afterAll(async () => {
  identity.unwatch()
  server.close()
  server.closeAllConnections()
  for (const each of [authority, foreign]) each[Symbol.dispose]()
})
beforeEach(() => [lines, noted].forEach((each) => void each.splice(0)))

type Sent = { path?: string; agent?: Agent } & Partial<Credentials> & { [option: string]: unknown }

async function send({ path = '/api', agent, ...tls }: Sent): Promise<{ status?: number; body: string; kept: boolean }> {
  const options = { host: 'localhost', port, path, ca: gateway.ca, ...tls }
  const [answer] = await once(request({ ...options, agent: agent ?? new Agent(options) }).end(), 'response')
  let body = ''
  for await (const chunk of answer) body += chunk
  return { status: answer.statusCode, body, kept: answer.headers.connection !== 'close' }
}

const refusals = () => lines.filter(({ msg }) => msg === 'caller refused').map(({ cause }) => cause)

describe('who is let in', () => {
  test('a caller that is named for the path', async () => {
    expect(await send(gateway)).toMatchObject({ status: 200, body: '"business"' })
    expect(refusals()).toEqual([])
  })

  const issued = (service: string, how: object) => read(authority.identity(service, how))
  const cases: { who: string; credentials: () => Sent; cause: string | RegExp }[] = [
    { who: 'no certificate', credentials: () => ({}), cause: 'no certificate' },
    {
      who: 'another authority',
      credentials: () => ({ ...read(foreign.identity('gateway')), ca: gateway.ca, crl: gateway.crl }),
      cause: 'a certificate of another authority',
    },
    {
      who: 'its time over',
      credentials: () => issued('gateway', { from: '2 hours ago', until: '1 hour ago' }),
      cause: 'a certificate that has run out',
    },
    {
      who: 'its time to come',
      credentials: () => issued('gateway', { from: '1 hour', until: '2 hours' }),
      cause: 'a certificate that is not valid yet',
    },
    {
      who: 'TLS 1.2',
      credentials: () => ({ ...gateway, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }),
      cause: 'a version of TLS before 1.3',
    },
  ]
  test.each(cases)('not $who', async ({ credentials, cause }) => {
    await expect(send(credentials())).rejects.toThrow()
    await expect.poll(refusals).toEqual([cause])
    expect(lines.at(-1)?.address).toMatch(/127\.0\.0\.1|::1/)
    expect(noted).toMatchObject([{ actor: 'unknown', route: cause, status: 401 }])
  })

  const spiffe = 'URI:spiffe://secure-ecommerce/gateway'
  const named: { who: string; names: string; path?: string; cause: string }[] = [
    {
      who: 'two URIs',
      names: `${spiffe},URI:spiffe://secure-ecommerce/storefront`,
      cause: 'expected one URI in the certificate but found 2',
    },
    { who: 'no URI', names: 'DNS:gateway', cause: 'expected one URI in the certificate but found 0' },
    {
      who: 'a URI of another domain',
      names: 'URI:spiffe://elsewhere/gateway',
      cause: 'expected a URI spiffe://secure-ecommerce/… in the certificate but found spiffe://elsewhere/gateway',
    },
    { who: 'another service', names: 'URI:spiffe://secure-ecommerce/ledger', cause: 'ledger may not ask for /api' },
    {
      who: 'the right service on the wrong route',
      names: 'URI:spiffe://secure-ecommerce/storefront',
      path: '/internal/stock',
      cause: 'storefront may not ask for /internal/stock',
    },
    {
      who: 'anybody on a route for nobody',
      names: spiffe,
      path: '/health',
      cause: 'no service may ask for this path, but gateway did',
    },
    {
      who: 'anybody on a path that begins like a route',
      names: spiffe,
      path: '/apis',
      cause: 'no service may ask for this path, but gateway did',
    },
    {
      who: 'anybody on a path in another spelling',
      names: spiffe,
      path: '/%61pi',
      cause: 'no service may ask for this path, but gateway did',
    },
  ]
  test.each(named)('not $who', async ({ names, path, cause }) => {
    const credentials = read(authority.identity('caller', { names }))
    expect(await send({ ...credentials, ...(path && { path }) })).toMatchObject({
      status: 403,
      body: expect.stringContaining('not for the service that your certificate names'),
      kept: false,
    })
    expect(refusals()).toEqual([cause])
    expect(noted).toMatchObject([{ role: 'service', status: 403 }])
  })

  test('not a self-signed certificate', async () => {
    const self = { ...gateway, ...selfSigned() }
    await expect(send(self)).rejects.toThrow()
    await expect.poll(refusals).toEqual(['a certificate of another authority'])
  })

  test('not plain text', async () => {
    await expect(once(plainGet({ host: 'localhost', port, path: '/api' }), 'response')).rejects.toThrow()
    await expect.poll(refusals).toEqual(['plain text'])
  })
})

describe('whom our client believes', () => {
  const ask = (who: Identity) => createClient('The other side', `https://localhost:${port}`, { identity: who })

  test('who has the certificate of the service that was called', async () => {
    expect(await ask(openIdentity(authority.identity('gateway'))).request({ method: 'GET', path: '/api' })).toBe(
      'business',
    )
  })

  test.each([
    { who: 'another service', names: 'URI:spiffe://secure-ecommerce/ledger,DNS:localhost' },
    { who: 'the service under another name', names: 'URI:spiffe://secure-ecommerce/localhost,DNS:ledger' },
    {
      who: 'two services',
      names: 'URI:spiffe://secure-ecommerce/localhost,URI:spiffe://secure-ecommerce/ledger,DNS:localhost',
    },
  ])('not $who', async ({ names }) => {
    const impostor = createBusinessServer(app, {
      ...{ callers, log, identity: other(authority.identity('impostor', { names })) },
    }).listen(0)
    await once(impostor, 'listening')
    const client = createClient('The other side', `https://localhost:${(impostor.address() as AddressInfo).port}`, {
      identity: openIdentity(authority.identity('gateway')),
    })
    await expect(client.request({ method: 'GET', path: '/api' })).rejects.toMatchObject({ code: 'unavailable' })
    impostor.close()
    impostor.closeAllConnections()
  })
})

describe('another identity', () => {
  test('is taken while requests go on, and then nobody believes the one before', async () => {
    const clientFolder = authority.identity('gateway')
    const client = openIdentity(clientFolder)
    client.watch(log)
    const stolen = client.current()
    const api = createClient('The other side', `https://localhost:${port}`, { identity: client })
    const kept = new Agent({ keepAlive: true, ...stolen })
    expect((await send({ ...stolen, agent: kept })).kept).toBe(true)
    const session = await sessionOf(stolen)

    let [asked, going] = [0, true]
    const load = async () => {
      for (; going; asked++) expect(await api.request({ method: 'GET', path: '/slow' })).toBe('slow')
    }
    const loads = Promise.all(Array.from({ length: 8 }, load))
    authority.identity('gateway', {}, clientFolder)
    authority.identity('localhost', {}, folder)
    await expect.poll(() => lines.filter(({ msg }) => msg === 'identity loaded').length, { timeout: 5_000 }).toBe(3)
    await expect.poll(async () => (await send({ ...stolen, agent: kept })).kept, { timeout: 12_000 }).toBe(false)

    authority.revokeUnused()
    for (const each of [folder, clientFolder]) authority.publish(each)
    await sleep(2_500)
    going = false
    await loads
    expect(asked).toBeGreaterThan(40)
    // Who was on the way while the pools were changed has left, and was not refused.
    expect(refusals().filter((cause) => cause !== 'left during the handshake')).toEqual([])
    lines.splice(0)

    await expect(send(stolen)).rejects.toThrow()
    await expect(send({ ...stolen, session })).rejects.toThrow()
    await expect.poll(refusals).toEqual(['a certificate that was revoked', 'a certificate that was revoked'])
    client.unwatch()
  }, 30_000)

  test('that is not good is not taken, and the log says why', async () => {
    const before = identity.current()
    writeFileSync(`${folder}/identity.pem`, 'nonsense')
    await expect
      .poll(() => lines.map(({ msg }) => msg), { timeout: 5_000 })
      .toContain('the new identity is not good; the one before stays')
    expect(identity.current()).toEqual(before)
    expect(await send(read(authority.identity('gateway')))).toMatchObject({ status: 200 })
  })
})

function read(folder: string): Credentials {
  // Not through openIdentity, which would refuse what it is about.
  return authority.read(folder)
}

function other(folder: string): Identity {
  return {
    service: 'localhost',
    expires: () => new Date(),
    isOver: () => false,
    current: () => read(folder),
    secureContext: () => createSecureContext(read(folder)),
    onChange: () => {},
    watch: () => {},
    unwatch: () => {},
  }
}

/** A session that the server would take up again. */
async function sessionOf(credentials: Credentials): Promise<Buffer> {
  const socket: TLSSocket = connect({ host: 'localhost', port, ...credentials })
  socket.write('GET /api HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
  socket.resume()
  const [session] = await once(socket, 'session')
  socket.destroy()
  return session
}

test('callers of a server that is drained are handed over one after the other, and no request of theirs fails', async () => {
  const ending = createBusinessServer(app, { identity, callers, log, trail }).listen(0)
  await once(ending, 'listening')
  const { port } = ending.address() as AddressInfo
  const open = new Set(Array.from({ length: 20 }, () => new Agent({ ...gateway, keepAlive: true, maxSockets: 1 })))
  const ask = async (agent: Agent) => {
    const { status, kept } = await send({ ...gateway, agent, port })
    if (!kept) open.delete(agent)
    return status
  }
  await Promise.all([...open].map(ask))

  const [drained, since, left] = [drain(ending), performance.now(), [] as number[]]
  while (open.size > 0 && performance.now() < since + 5_000) {
    const answers = await Promise.all([...open].map(ask))
    expect(answers.every((status) => status === 200)).toBe(true)
    left.push(open.size)
    await sleep(50)
  }
  expect(performance.now() - since).toBeLessThan(3_000)
  expect(left.filter((count) => count > 0 && count < 20).length).toBeGreaterThan(5)
  expect(left.at(-1)).toBe(0)
  await drained
})
