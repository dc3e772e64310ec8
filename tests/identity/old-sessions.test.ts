import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scramVerifier } from '../../scripts/secrets/scram-verifier.ts'
import { certificateAuthority } from '../authority.ts'
import { container, docker, eventually, exec, stack } from '../stack.ts'
import { giveToDatabase } from '../unit/give-to-database.ts'

const name = 'old-sessions'
const base = mkdtempSync(join(tmpdir(), `${name}-`))
const folder = join(base, 'identity')
const authority = certificateAuthority(base)

/** A database of its own, so that its sessions may grow old quickly, and its own client: it has no network. */
beforeAll(async () => {
  authority.issue(folder, { service: 'payment-db', subject: 'paymentuser', address: '127.0.0.1' })
  authority.use(folder)
  writeFileSync(join(folder, 'verifier'), scramVerifier('password'))
  giveToDatabase(folder)
  const database = await docker.createContainer({
    name: `${stack.prefix}-${name}`,
    Image: `secure-ecommerce/database:${process.env.IMAGE_TAG ?? '1.0.0'}`,
    Env: [
      'SERVICE=payment-db',
      'DATABASE_NAME=payments',
      'DATABASE_USER=paymentuser',
      'DATABASE_CLIENT=127.0.0.1',
      'DATABASE_CLIENT_NEXT=127.0.0.1',
      'DATABASE_VERIFIER_FILE=/identity/verifier',
      'MONITOR_CLIENT=127.0.0.2',
      'MONITOR_VERIFIER_FILE=/identity/verifier',
      'IDENTITY_FOLDER=/identity',
      'SESSION_AGE=3',
    ],
    HostConfig: {
      NetworkMode: 'none',
      Binds: [`${folder}:/identity:ro`],
      Tmpfs: { '/run/postgresql': 'mode=0700,uid=999', '/var/lib/postgresql': 'mode=0700,uid=999' },
    },
  })
  await database.start()
  await loaded(1)
})
afterAll(async () => {
  await container(name).remove({ force: true })
  rmSync(base, { recursive: true })
})

/** Resolves once the database has said that often which certificates it has. */
async function loaded(times: number): Promise<void> {
  await eventually(20, async () => {
    const log = (await container(name).logs({ stdout: true, stderr: true })).toString()
    return log.match(/"identity loaded"/g)?.length === times
  })
}

/** A statement over TLS, and what comes of it. */
async function session(statement: string): Promise<string> {
  const file = '/identity/identity.pem'
  const secure = `sslmode=verify-full sslrootcert=/identity/authority.pem sslcert=${file} sslkey=${file}`
  const to = `host=127.0.0.1 dbname=payments user=paymentuser password=password ${secure}`
  return (await exec(name, ['psql', '-qAtX', '-P', 'pager=off', '-c', statement, to])).output.trim()
}

test('a session ends that is older than a replacement, once the stated time has passed; a later one goes on', async () => {
  const old = session('SELECT pg_sleep(30)')
  const begun = `SELECT count(*) = 1 FROM pg_stat_activity WHERE client_addr IS NOT NULL`
  await eventually(5, async () => (await exec(name, ['psql', '-qAtX', '-c', begun, 'payments'])).output.trim() === 't')

  authority.revokeUnused()
  authority.publish(folder)
  for (const file of ['authority.pem', 'revoked.pem']) chmodSync(join(folder, file), 0o444)
  const replaced = Date.now()
  await loaded(2)
  const later = session(`SELECT 'went on' FROM pg_sleep(6)`)
  expect(await old).toContain('terminating connection due to administrator command')
  expect(Date.now() - replaced).toBeGreaterThan(2_500)
  expect(await later).toBe('went on')
}, 60_000)
