import pg from 'pg'
import type { Secret } from './secret.ts'
import { ServiceError } from './service-error.ts'

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void

/** Who may wait for a connection at a time: more than a service has requests in hand, of which those whose callers have left still run. */
const places = 256

/**
 * A pool in which who finds the line full is told so at once, not after two seconds in it, and that finds its way while its password is
 * replaced. There are two then, of which the database takes one: who is refused with one tries the other, at once and once.
 */
export function openPool(options: pg.PoolConfig, password: Secret): pg.Pool {
  let preferred = password.reveal()

  function choose(): string {
    const known = password.revealAll()
    if (!known.includes(preferred)) preferred = password.reveal()
    return preferred
  }

  /** By value: many connections may be refused at once, with the same. */
  function refused(value: string): void {
    if (value === preferred) preferred = password.revealAll().find((other) => other !== value) ?? value
  }

  const isWorthAnother = (error?: Error) => isWrongPassword(error) && password.revealAll().length > 1

  class Client extends pg.Client {
    readonly #password: string

    constructor(config: pg.ClientConfig) {
      const chosen = choose()
      super({ ...config, password: chosen })
      this.#password = chosen
    }

    override connect(): Promise<this>
    override connect(callback: (error: Error) => void): void
    override connect(callback?: (error: Error) => void): unknown {
      if (!callback) return super.connect()
      return super.connect((error: Error) => {
        if (isWrongPassword(error)) refused(this.#password)
        callback(error)
      })
    }
  }

  class Pool extends pg.Pool {
    override connect(): Promise<pg.PoolClient>
    override connect(callback: Connected): void
    override connect(callback?: Connected): unknown {
      if (this.waitingCount >= places) {
        const busy = new ServiceError('unavailable', 'The database has too much to do at the moment')
        return callback ? callback(busy, undefined, () => {}) : Promise.reject(busy)
      }
      if (!callback) {
        return super.connect().catch((error) => (isWorthAnother(error) ? super.connect() : Promise.reject(error)))
      }
      return super.connect((error, client, done) =>
        isWorthAnother(error) ? super.connect(callback) : callback(error, client, done),
      )
    }
  }

  return new Pool({ ...options, Client: Client as unknown as NonNullable<pg.PoolConfig['Client']> })
}

/** invalid_password of PostgreSQL's error codes. */
function isWrongPassword(error: Error | undefined | null): boolean {
  return (error as { code?: unknown } | undefined | null)?.code === '28P01'
}
