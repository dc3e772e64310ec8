import { Pool } from 'undici'
import { checkService } from './check-service.ts'
import type { Identity } from './identity.ts'
import type { Metrics } from './metrics.ts'
import { createPlaces, type Places } from './places.ts'
import { type Took, upstreamMetrics } from './upstream-metrics.ts'

export type Connections = {
  /** To be asked anew for each request. */
  pool(): Pool
  /** To be taken for each request: its pool would let any number of them wait for a connection. */
  places: Places
  /** To be told of each request when it is over. */
  took: Took
  close(): Promise<void>
}

type Options = {
  /** Milliseconds for an answer to begin, and between its parts. */
  timeout: number
  /** Who we are, for an address that begins with https. */
  identity?: Identity | undefined
  metrics?: Metrics | undefined
}

const mostConnections = 64

/** On a connection, or the next on one. */
const mostRequests = 2 * mostConnections

/**
 * Kept connections to one service. With another identity come other connections: what is under way ends on those it began on,
 * which are then closed.
 */
export function openConnections(baseUrl: string, { timeout, identity, metrics }: Options): Connections {
  const open = () => new Pool(baseUrl, poolOptions(timeout, identity))
  let pool = open()
  identity?.onChange(() => {
    const before = pool
    pool = open()
    void before.close()
  })
  return {
    pool: () => pool,
    places: createPlaces(mostRequests),
    took: upstreamMetrics(metrics, baseUrl),
    close: () => pool.close(),
  }
}

function poolOptions(timeout: number, identity: Identity | undefined): Pool.Options {
  return {
    connections: mostConnections,
    connect: {
      // Of which a busy service needs some for the handshake.
      timeout: 2_000,
      // While a service is replaced its name has two addresses: the second one is tried when the first does not answer for so long.
      autoSelectFamilyAttemptTimeout: 1_000,
      ...(identity && { secureContext: identity.secureContext() }),
      checkServerIdentity: checkService,
      // A session that is taken up again skips the check above (CVE-2026-48934).
      maxCachedSessions: 0,
    },
    headersTimeout: timeout,
    bodyTimeout: timeout,
    // Below the servers' 65 s, so that a connection is never used while its server closes it.
    keepAliveTimeout: 50_000,
    keepAliveMaxTimeout: 50_000,
  }
}
