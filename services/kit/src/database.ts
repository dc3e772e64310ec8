import Joi from 'joi'
import pg from 'pg'
import { type ConfigOf, secretFile, setting } from './config.ts'
import type { Logger } from './log.ts'

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

/** A pool of kept connections. A lost one is replaced on the next use; nobody waits longer than the stated times. */
export function openDatabase(service: string, config: ConfigOf<typeof databaseSettings>, log: Logger): Database {
  const pool = new pg.Pool({
    host: config.databaseHost,
    port: config.databasePort,
    database: config.databaseName,
    user: config.databaseUser,
    password: config.databasePassword.reveal(),
    application_name: service,
    max: config.databasePool,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 2_000,
    statement_timeout: 5_000,
    query_timeout: 6_000,
    keepAlive: true,
  })
  // An idle connection that breaks is no request's failure, but unheard it would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'lost an idle database connection'))
  return pool
}

/** Whether the database answers. */
export async function pingDatabase(database: Database): Promise<void> {
  await database.query({ name: 'ping', text: 'select 1' })
}
