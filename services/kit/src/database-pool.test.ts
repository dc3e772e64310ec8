import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { databaseConfig } from '../../../tests/unit/database.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { openDatabase } from './database.ts'
import { openIdentity } from './identity.ts'
import { Secret } from './secret.ts'

const right = inject('databasePassword')

function open(password: Secret) {
  const identity = openIdentity(join(inject('secretsFolder'), 'paymentuser'))
  const config = { ...databaseConfig('payments', identity), databasePassword: password, databasePool: 4 }
  const database = openDatabase('payment-db', config, silentLog)
  onTestFinished(() => database.end())
  return database
}

test.each([
  { why: 'the next', passwords: ['of before', right] as const },
  { why: 'the one before', passwords: [right, 'of tomorrow'] as const },
])('while a password is replaced no query fails, should the database take $why', async ({ passwords }) => {
  const database = open(new Secret(() => passwords))
  const queries = Array.from({ length: 12 }, () => database.query('select 1 as one'))
  for (const { rows } of await Promise.all(queries)) expect(rows).toEqual([{ one: 1 }])
  const client = await database.connect()
  client.release()
})

test('connections that are opened later take the password that worked, and one that follows it', async () => {
  let passwords: [string, string?] = ['of before', right]
  const database = open(new Secret(() => passwords))
  const one = () => database.connect().then((client) => client.release(true))
  await one()
  passwords = [right, 'of before']
  await one()
  passwords = [right]
  await one()
  passwords = ['of before']
  await expect(one()).rejects.toMatchObject({ code: '28P01' })
})
