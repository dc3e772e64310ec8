import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SecureVersion, TLSSocket } from 'node:tls'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { certificateAuthority } from '../../../tests/authority.ts'
import { databaseConfig } from '../../../tests/unit/database.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { readPem } from '../../../tests/unit/payment-database.ts'
import { openDatabase } from './database.ts'
import { openIdentity } from './identity.ts'

const base = mkdtempSync(join(tmpdir(), 'database-server-'))
afterAll(() => rmSync(base, { recursive: true }))

const paymentDb = { service: 'payment-db', subject: 'payment-db', address: '127.0.0.1' }
beforeAll(() => {
  const authority = certificateAuthority(base)
  const client = join(base, 'client')
  authority.issue(client, { service: 'unit-test', subject: 'paymentuser' })
  authority.use(client)
  authority.issue(join(base, 'revoked'), paymentDb)
  authority.revokeUnused()
  authority.publish(client)
  authority.issue(join(base, 'good'), paymentDb)
  authority.issue(join(base, 'of product-db'), { ...paymentDb, service: 'product-db' })
  authority.issue(join(base, 'elsewhere'), { ...paymentDb, address: '127.0.0.2' })
  authority.issue(join(base, 'expired'), { ...paymentDb, from: '2 hours ago', until: '1 hour ago' })
  certificateAuthority(join(base, 'other')).issue(join(base, 'foreign'), paymentDb)
})

/** As much of PostgreSQL as there is before anybody logs in. */
async function listen(identity: string, maxVersion: SecureVersion): Promise<number> {
  const pem = readPem(join(base, identity), 'identity')
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write('S')
      const encrypted = new TLSSocket(socket, { isServer: true, key: pem, cert: pem, maxVersion })
      encrypted.on('error', () => {}).once('data', () => socket.destroy())
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

/** A query to payment-db, which is said to be at that port. */
async function query(databasePort: number): Promise<void> {
  const identity = openIdentity(join(base, 'client'))
  const config = { ...databaseConfig('payments', identity), databaseHost: '127.0.0.1', databasePort }
  const database = openDatabase('payment-db', config, silentLog)
  onTestFinished(() => database.end())
  await database.query('select 1')
}

test.each([
  { identity: 'of product-db', says: 'expected the certificate of payment-db but found that of product-db' },
  { identity: 'elsewhere', says: "does not match certificate's altnames" },
  { identity: 'expired', says: 'certificate has expired' },
  { identity: 'revoked', says: 'certificate revoked' },
  { identity: 'foreign', says: 'unable to verify the first certificate' },
])('a server is not believed whose certificate is $identity', async ({ identity, says }) => {
  await expect(query(await listen(identity, 'TLSv1.3'))).rejects.toThrow(says)
})

test('a server is not spoken to under TLS 1.2', async () => {
  await expect(query(await listen('good', 'TLSv1.2'))).rejects.toThrow('alert protocol version')
})

test('a server is believed that has none of these faults, and then hangs up', async () => {
  await expect(query(await listen('good', 'TLSv1.3'))).rejects.toThrow('Connection terminated unexpectedly')
})
