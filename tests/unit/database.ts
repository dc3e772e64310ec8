import { type Database, openDatabase } from '@secure-ecommerce/kit/database'
import { Secret } from '@secure-ecommerce/kit/secret'
import { afterAll, inject } from 'vitest'
import { silentLog } from './log.ts'

const users = { products: 'productuser', orders: 'orderuser', payments: 'paymentuser' }

/** A pool on one of the real databases, with the rights the service has; closed after the file's tests. */
export function testDatabase(name: keyof typeof users): Database {
  const database = openDatabase(
    'unit-test',
    {
      databaseHost: inject('databaseHosts')[name],
      databasePort: 5432,
      databaseName: name,
      databaseUser: users[name],
      databasePassword: new Secret(inject('databasePassword')),
      databasePool: 10,
    },
    silentLog,
  )
  afterAll(() => database.end())
  return database
}
