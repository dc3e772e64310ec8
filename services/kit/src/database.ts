import type { PeerCertificate } from 'node:tls'
import Joi from 'joi'
import pg from 'pg'
import { checkService } from './check-service.ts'
import { type ConfigOf, secretFile, setting } from './config.ts'
import { openPool } from './database-pool.ts'
import type { Identity } from './identity.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'
import { measurePool } from './pool-metrics.ts'

// bigint arrives as text by default. Ids and cents stay below 2^53, which the columns' constraints and the API's schemas hold.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

export type Database = pg.Pool

export const databaseSettings = {
  databaseHost: setting<string>('DATABASE_HOST', Joi.string().hostname().required()),
  databasePort: setting<number>('DATABASE_PORT', Joi.number().port().default(5432)),
  databaseName: setting<string>('DATABASE_NAME', Joi.string().required()),
  databaseUser: setting<string>('DATABASE_USER', Joi.string().required()),
  databasePassword: secretFile('DATABASE_PASSWORD_FILE'),
  databasePool: setting<number>('DATABASE_POOL', Joi.number().integer().min(1).max(100).default(10)),
}

type Config = ConfigOf<typeof databaseSettings> & { identity: Identity }

/**
 * A pool of kept connections, each under mutual TLS with the certificate of its time. A lost one is replaced on the next use; nobody
 * waits longer than the stated times. With a new certificate, connections of the one before end when their use does, and any
 * connection does so ten minutes after it began.
 *
 * @param server which service the database's certificate has to be of
 */
export function openDatabase(server: string, config: Config, log: Logger, metrics?: Metrics): Database {
  const options: pg.PoolConfig = {
    host: config.databaseHost,
    port: config.databasePort,
    database: config.databaseName,
    user: config.databaseUser,
    application_name: config.identity.service,
    ssl: tlsTo(server, config.identity),
    max: config.databasePool,
    maxLifetimeSeconds: 600,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 2_000,
    statement_timeout: 5_000,
    query_timeout: 6_000,
    keepAlive: true,
  }
  const pool = openPool(options, config.databasePassword)
  // An idle connection that breaks is no request's failure, but unheard it would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'lost an idle database connection'))
  retireOnChange(pool, config.identity)
  measurePool(metrics, pool)
  return pool
}

/** What pg passes on to Node for each connection. */
function tlsTo(server: string, identity: Identity) {
  return {
    // pg copies this object's properties for each connection, and so has what is current then.
    get secureContext() {
      return identity.secureContext()
    },
    checkServerIdentity: (host: string, certificate: PeerCertificate) => checkService(host, certificate, server),
  }
}

/** No query fails of it: a connection is ended by whoever gives it back. */
function retireOnChange(pool: Database, identity: Identity): void {
  let current = new WeakSet<object>()
  pool.on('connect', (client) => current.add(client))
  pool.on('release', (_error, client) => {
    if (!current.has(client)) void (client as pg.Client).end()
  })
  identity.onChange(() => {
    current = new WeakSet()
    for (let idle = pool.idleCount; idle > 0; idle--) {
      pool.connect((_error, client) => client?.release())
    }
  })
}

/** Whether the database answers. */
export async function pingDatabase(database: Database): Promise<void> {
  await database.query({ name: 'ping', text: 'select 1' })
}
