import { cpSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConnectionOptions } from 'node:tls'
import pg from 'pg'
import { beforeAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { certificateAuthority } from '../../../tests/authority.ts'
import { databaseConfig } from '../../../tests/unit/database.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { paymentDatabase, readPem, serialOf } from '../../../tests/unit/payment-database.ts'
import { openDatabase } from './database.ts'
import { openIdentity } from './identity.ts'

const { authority, client, stranger, served, log, folder, replace, revoke } = paymentDatabase()
const role = { service: 'unit-test', subject: 'paymentuser' }

function open(from: string) {
  const identity = openIdentity(from)
  const database = openDatabase('payment-db', { ...databaseConfig('payments', identity), databasePool: 4 }, silentLog)
  onTestFinished(() => database.end())
  return { identity, database }
}

/** One connection by whatever means, as a stranger would try. */
async function attempt(ssl: ConnectionOptions | false, as: pg.ClientConfig = {}): Promise<void> {
  const host = inject('databaseHosts').payments
  const password = inject('databasePassword')
  const connection = new pg.Client({ host, user: 'paymentuser', password, database: 'payments', ssl, ...as })
  // That the server hangs up after a refusal is no news.
  connection.on('error', () => {})
  await connection.connect()
  await connection.end()
}

const tls = (from: string, options: ConnectionOptions = {}): ConnectionOptions => ({
  ca: readPem(client, 'authority'),
  key: readPem(from, 'identity'),
  cert: readPem(from, 'identity'),
  ...options,
})

test('a connection is under TLS 1.3, with the certificate of its role', async () => {
  const { rows } = await open(client).database.query(
    'select version, client_dn, client_serial::text as serial from pg_stat_ssl where pid = pg_backend_pid()',
  )
  expect(rows).toEqual([{ version: 'TLSv1.3', client_dn: '/CN=paymentuser', serial: serialOf(client) }])
})

describe('the database refuses, and says in its log why', () => {
  const [revoked, expired, foreign] = [folder(), folder(), folder()]
  beforeAll(async () => {
    authority.issue(revoked, role)
    await revoke()
    authority.issue(expired, { ...role, from: '2 hours ago', until: '1 hour ago' })
    certificateAuthority(folder()).issue(foreign, role)
  })

  type Case = { why: string; ssl: () => ConnectionOptions | false; as?: pg.ClientConfig; says: RegExp }
  const cases: Case[] = [
    {
      why: 'a password without a certificate',
      ssl: () => ({ ca: readPem(client, 'authority') }),
      says: /connection requires a valid client certificate/,
    },
    {
      why: 'a certificate with a wrong password',
      ssl: () => tls(client),
      as: { password: 'wrong' },
      says: /password authentication failed for user \\"paymentuser\\"/,
    },
    {
      why: "another role's certificate",
      ssl: () => tls(stranger),
      says: /\(clientcert=verify-full\) failed for user \\"paymentuser\\": CN mismatch/,
    },
    { why: "another authority's certificate", ssl: () => tls(foreign), says: /unable to get local issuer certificate/ },
    { why: 'a certificate that was revoked', ssl: () => tls(revoked), says: /certificate revoked/ },
    { why: 'a certificate that has run out', ssl: () => tls(expired), says: /certificate has expired/ },
    { why: 'TLS 1.2', ssl: () => tls(client, { maxVersion: 'TLSv1.2' }), says: /unsupported protocol/ },
    { why: 'plain text', ssl: () => false, says: /pg_hba\.conf rejects connection .*no encryption/ },
    {
      why: 'another database',
      ssl: () => tls(client),
      as: { database: 'postgres' },
      says: /pg_hba\.conf rejects connection .*SSL encryption/,
    },
  ]

  test.each(cases)('$why', async ({ ssl, as, says }) => {
    const { length } = await log()
    await expect(attempt(ssl(), as)).rejects.toThrow()
    await vi.waitFor(async () => expect((await log()).slice(length)).toMatch(says), 2_000)
  })

  test('and lets in who has both', async () => {
    await attempt(tls(client))
  })
})

describe('certificates are replaced', () => {
  test('while queries run: none fails, sessions are of the new one, and the old one is refused once it is revoked', async () => {
    const [rotated, former] = [folder(), folder()]
    const issue = () => {
      authority.issue(rotated, { service: 'rotating', subject: 'paymentuser' })
      authority.use(rotated)
    }
    issue()
    cpSync(rotated, former, { recursive: true })
    const { identity, database } = open(rotated)
    identity.watch(silentLog)
    onTestFinished(() => identity.unwatch())

    let running = true
    const busy = Array.from({ length: 6 }, async () => {
      let queries = 0
      for (; running; queries++) await database.query('select pg_sleep(0.005)')
      return queries
    })
    const sessions = async () => {
      const { rows } = await database.query(
        `select distinct client_serial::text as serial from pg_stat_ssl join pg_stat_activity using (pid)
         where application_name = 'rotating'`,
      )
      return rows
    }
    expect(await sessions()).toEqual([{ serial: serialOf(former) }])

    issue()
    await replace()
    await vi.waitFor(async () => expect(await sessions()).toEqual([{ serial: serialOf(rotated) }]), 15_000)
    await revoke()
    await expect(attempt(tls(former))).rejects.toThrow('certificate revoked')
    await sleep(100)
    running = false
    for (const queries of await Promise.all(busy)) expect(queries).toBeGreaterThan(20)
  }, 30_000)

  test('an idle connection is too, without waiting for its next use', async () => {
    const used = folder()
    const issue = () => {
      authority.issue(used, { service: 'idle', subject: 'paymentuser' })
      authority.use(used)
    }
    issue()
    const { identity, database } = open(used)
    identity.watch(silentLog)
    onTestFinished(() => identity.unwatch())
    await database.query('select 1')
    expect(database.totalCount).toBe(1)
    issue()
    await vi.waitFor(() => expect(database.totalCount).toBe(0), 5_000)
  }, 30_000)

  test('by one that is not good: the database says so, and keeps what it has', async () => {
    const { length } = await log()
    writeFileSync(join(served, 'identity.new'), 'nothing', { mode: 0o444 })
    renameSync(join(served, 'identity.new'), join(served, 'identity.pem'))
    onTestFinished(replace)
    await vi.waitFor(async () => {
      expect((await log()).slice(length)).toMatch(
        /"level":"error","msg":"the new identity is not good; the one before stays: .*identity\.pem is not a key with its certificate"/,
      )
    }, 5_000)
    await attempt(tls(client))
  }, 30_000)
})
