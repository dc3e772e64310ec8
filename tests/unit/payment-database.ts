import { execFile } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, inject, vi } from 'vitest'
import { certificateAuthority } from '../authority.ts'
import { giveToDatabase } from './give-to-database.ts'

type File = 'identity' | 'authority' | 'revoked'

/** The payments' database with its certificates at hand. For one file of tests only: it has no second authority to itself. */
export function paymentDatabase() {
  const secrets = inject('secretsFolder')
  const authority = certificateAuthority(secrets)
  const served = join(secrets, 'payment_db_identity')
  const folder = () => mkdtempSync(join(secrets, 'test-'))
  const digest = (name: File) => createHash('sha256').update(readPem(served, name)).digest('hex')

  async function log(): Promise<string> {
    return (await promisify(execFile)('docker', ['logs', 'eunit-payment-db'])).stdout
  }

  /** Puts files where the database finds them, as the rotating script does, and waits until it has them. */
  async function serve(from: string): Promise<void> {
    giveToDatabase(from)
    for (const name of readdirSync(from)) renameSync(join(from, name), join(served, name))
    await vi.waitFor(async () => {
      const lines = (await log()).trim().split('\n')
      const last = JSON.parse(lines.findLast((line) => line.includes('"identity loaded"')) ?? '{}')
      expect(last).toMatchObject({ level: 'info', identity: digest('identity'), revoked: digest('revoked') })
    }, 10_000)
  }

  return {
    authority,
    served,
    log,
    folder,
    /** Where the tests' usual client finds who it is. */
    client: join(secrets, 'paymentuser'),
    /** The one of another role. */
    stranger: join(secrets, 'orderuser'),

    async replace(): Promise<void> {
      const staged = folder()
      authority.issue(staged, {
        service: 'payment-db',
        subject: 'payment-db',
        address: inject('databaseHosts').payments,
      })
      authority.use(staged)
      await serve(staged)
    },

    /** Takes back every certificate that is not in use. */
    async revoke(): Promise<void> {
      authority.revokeUnused()
      const staged = folder()
      authority.publish(staged)
      await serve(staged)
    },
  }
}

export function readPem(from: string, name: File): string {
  return readFileSync(join(from, `${name}.pem`), 'utf8')
}

/** As PostgreSQL writes it. */
export function serialOf(from: string): string {
  return BigInt(`0x${new X509Certificate(readPem(from, 'identity')).serialNumber}`).toString()
}
