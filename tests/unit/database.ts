import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, openDatabase } from '@secure-ecommerce/kit/database'
import { type Identity, openIdentity } from '@secure-ecommerce/kit/identity'
import { Secret } from '@secure-ecommerce/kit/secret'
import { afterAll, beforeAll, inject } from 'vitest'
import { silentLog } from './log.ts'

const services = { products: 'product-db', orders: 'order-db', payments: 'payment-db' }
const users = { products: 'productuser', orders: 'orderuser', payments: 'paymentuser' }

/** What a service is told of its database, with the identity of the caller's choice. */
export function databaseConfig(name: keyof typeof users, identity: Identity): Parameters<typeof openDatabase>[1] {
  return {
    identity,
    databaseHost: inject('databaseHosts')[name],
    databasePort: 5432,
    databaseName: name,
    databaseUser: users[name],
    databasePassword: new Secret(inject('databasePassword')),
    databasePool: 10,
  }
}

/** A pool on one of the real databases, with the rights the service has; closed after the file's tests. */
export function testDatabase(name: keyof typeof users): Database {
  const identity = openIdentity(join(inject('secretsFolder'), users[name]))
  const database = openDatabase(services[name], databaseConfig(name, identity), silentLog)
  afterAll(() => database.end())
  return database
}

/** The same for this file alone, where its workers would take up what another file has left due. */
export function ownDatabase(name: keyof typeof users): Database {
  const database = testDatabase(name)
  let giveUpTurn = () => {}

  beforeAll(async () => {
    const turn = await database.connect()
    giveUpTurn = () => turn.release(true)
    // Asked again and again, because a statement may not wait for long.
    const taken = async () => (await turn.query('select pg_try_advisory_lock(1) as mine')).rows[0].mine
    while (!(await taken())) await sleep(100)
  }, 180_000)
  afterAll(() => giveUpTurn())
  return database
}

/** The orders' database for this file alone, with nothing due in it. */
export function ownOrders(): Database {
  const database = ownDatabase('orders')
  beforeAll(async () => {
    await database.query(`update orders set due_at = 'infinity' where due_at is not null`)
    await database.query('delete from outbox')
  })
  return database
}
