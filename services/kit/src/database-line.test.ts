import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { testAuthority } from '../../../tests/unit/authority.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { openDatabase } from './database.ts'
import { openIdentity } from './identity.ts'
import { Secret } from './secret.ts'

const authority = testAuthority()
afterAll(() => authority[Symbol.dispose]())

test('so many wait for a connection to a database that does not answer; the next is told at once', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const config = {
    identity: openIdentity(authority.identity('unit-test')),
    databaseHost: '127.0.0.1',
    databasePort: (silent.address() as AddressInfo).port,
    databaseName: 'products',
    databaseUser: 'productuser',
    databasePassword: new Secret('none'),
    databasePool: 2,
  }
  const database = openDatabase('product-db', config, silentLog)
  const asked = Array.from({ length: 2 + 256 }, () => database.query('select 1').catch((error) => error.message))

  const refused = { status: 503, headers: { 'retry-after': '2' }, message: expect.stringContaining('too much to do') }
  await expect(database.query('select 1')).rejects.toMatchObject(refused)
  await expect(database.connect()).rejects.toMatchObject(refused)

  // Those in line have two seconds.
  for (const message of await Promise.all(asked)) expect(message).toMatch(/connection timeout|timeout exceeded/)
  await database.end()
  silent.close()
})
