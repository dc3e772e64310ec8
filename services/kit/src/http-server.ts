import { once } from 'node:events'
import { createServer, IncomingMessage, type RequestListener, type Server, ServerResponse } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import { Server as NetServer, type Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Express } from 'express'
import { type Guarded, onlyCallers, onlyProbes } from './callers.ts'
import type { Identity } from './identity.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'
import { metricsPage } from './metrics-page.ts'
import { refusalCause } from './refusal-cause.ts'

/** Milliseconds after which a connection ends behind its next answer, so that nobody outlives a certificate by much. */
const oldAge = 600_000

/** Milliseconds over which that is spread when there is another identity: everybody at once would be many handshakes. */
const spread = 10_000

/** Milliseconds over which callers are handed over while draining: whom they ask next may have just begun, and compiles its code yet. */
const handOver = 2_000

/** Milliseconds without any request, while draining, after which all connections count as idle. */
const idleTime = 1_000

type Probes = { identity: Identity; log: Logger; metrics?: Metrics | undefined }

/** In plain HTTP: whether the service works and what it measures of itself, and nothing else. */
export function createProbeServer(app: Express, { identity, log, metrics }: Probes): Server {
  return createServer(httpOptions(app), onlyProbes(identity, app, metrics && metricsPage(metrics, log)))
}

/** The same app without any guard, for tests. */
export function createHttpServer(app: Express): Server {
  return createServer(httpOptions(app), app)
}

type Business = Guarded & { identity: Identity }

/**
 * Serves whom the shop's authority has given a certificate, each the paths that are for it. Every refusal leaves one line in the
 * log. With another identity come other sessions and other certificates for new connections; the ones that are open end within
 * ten seconds behind an answer, and idle ones after 65 s.
 */
export function createBusinessServer(app: Express, { identity, ...guarded }: Business): TlsServer {
  const { log, trail } = guarded
  /** With its share of the time over which an end of all of them is spread. */
  const births = new WeakMap<object, { at: number; share: number }>()
  let changedAt = 0
  let drainedSince = Number.POSITIVE_INFINITY

  function isOver(socket: object): boolean {
    const { at, share } = births.get(socket) ?? { at: 0, share: 0 }
    const now = Date.now()
    if (!server.listening) drainedSince = Math.min(drainedSince, now)
    return (
      now > at + oldAge ||
      (at <= changedAt && now > changedAt + share * spread) ||
      now >= drainedSince + share * handOver
    )
  }
  const handle: RequestListener = (req, res) => {
    if (isOver(req.socket)) res.shouldKeepAlive = false
    app(req, res)
  }
  const server = createTlsServer({ ...httpOptions(app), ...tlsOptions(identity) }, onlyCallers(guarded, handle))

  server.on('secureConnection', (socket) => births.set(socket, { at: Date.now(), share: Math.random() }))
  // When a handshake fails, Node has forgotten with whom.
  const addresses = new WeakMap<object, string | undefined>()
  server.on('connection', (socket) => addresses.set(socket, (socket as Socket).remoteAddress))
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket: TLSSocket) => {
    // An error of the certificate ends the connection, which alone is what the event is about.
    const code = (socket.authorizationError as unknown as string | null) ?? error.code
    const address = addresses.get(Reflect.get(socket, '_parent'))
    const cause = refusalCause(code)
    log.warn({ cause, code, address }, 'caller refused')
    trail?.refusals.note({ actor: 'unknown', role: 'unknown', address: address ?? null, route: cause, status: 401 })
  })
  identity.onChange(() => {
    server.setSecureContext(tlsOptions(identity))
    changedAt = Date.now()
  })
  return server
}

/**
 * Takes no more connections, so that whoever makes one goes to another copy of the service where there is one. Those that are open end
 * behind an answer, of which the caller is told, one after the other; so nobody asks on one that is about to be closed. Once nobody has
 * asked for a while, those left are idle, and ended without.
 */
export async function drain(server: Server | TlsServer): Promise<void> {
  const closed = once(server, 'close')
  let askedAt = Date.now()
  server.on('request', () => {
    askedAt = Date.now()
  })
  // Not its own close(), which would end idle connections at once.
  NetServer.prototype.close.call(server)
  const sweep = setInterval(() => {
    if (Date.now() > askedAt + idleTime) server.closeIdleConnections()
  }, 50)
  await closed
  clearInterval(sweep)
}

function tlsOptions(identity: Identity) {
  return {
    ...identity.current(),
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.3',
    // The certificates are of one kind, and every processor that runs this has instructions for this cipher.
    ciphers: 'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384',
    ALPNProtocols: ['http/1.1'],
  } as const
}

/**
 * Messages that are born with Express's prototypes.
 *
 * Express sets them on each request, and an object whose prototype changes loses its hidden class: a third of the throughput
 * (design measurements, Node 24). Setting the prototype that is already there costs nothing.
 */
function httpOptions(app: Express) {
  return {
    IncomingMessage: withPrototype(IncomingMessage, app.request),
    ServerResponse: withPrototype(ServerResponse, app.response),
    requestTimeout: 30_000,
    headersTimeout: 10_000,
    // Longer than the 60 s for which nginx and our clients keep an idle connection, so that they, never we, close it first.
    keepAliveTimeout: 65_000,
  }
}

function withPrototype<Base extends typeof IncomingMessage | typeof ServerResponse>(
  base: Base,
  prototype: object,
): Base {
  function Message(...args: unknown[]) {
    return Reflect.construct(base, args, Message)
  }
  Message.prototype = prototype
  return Message as unknown as Base
}
