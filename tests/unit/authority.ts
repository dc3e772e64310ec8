import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Credentials } from '@secure-ecommerce/kit/identity'
import { certificateAuthority } from '../authority.ts'

type Certificate = { names?: string; from?: string; until?: string }

/**
 * A certificate authority for one file of tests, with a folder for each identity that it gives.
 *
 * @param original an authority's folder to go on from; it stays as it is
 */
export function testAuthority(original?: string) {
  const base = mkdtempSync(join(tmpdir(), 'authority-'))
  if (original !== undefined) cpSync(original, join(base, 'ca'), { recursive: true })
  const { issue, use, publish, revokeUnused } = certificateAuthority(base)

  return {
    publish,
    revokeUnused,

    /** @returns the folder as the service finds its own: another one, or the given one with another certificate in it */
    identity(service: string, certificate: Certificate = {}, folder = mkdtempSync(join(base, `${service}-`))): string {
      issue(folder, { service, subject: service, ...certificate })
      use(folder)
      return folder
    },

    /** What is in such a folder, whether it is good or not. */
    read(folder: string): Credentials {
      const pem = (name: string) => readFileSync(join(folder, `${name}.pem`), 'utf8')
      return { key: pem('identity'), cert: pem('identity'), ca: pem('authority'), crl: pem('revoked') }
    },

    [Symbol.dispose]: () => rmSync(base, { recursive: true }),
  }
}

/** What anybody can make for himself. */
export function selfSigned(): Pick<Credentials, 'key' | 'cert'> {
  const options = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=nginx -keyout - -out -'
  const pem = execFileSync('openssl', options.split(' '), { encoding: 'utf8', stdio: 'pipe' })
  return { key: pem, cert: pem }
}
