import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Credentials } from '@secure-ecommerce/kit/identity'

const files = ['identity.pem', 'authority.pem', 'revoked.pem']

type Certificate = {
  /** As openssl writes them. */
  names?: string
  /** As date(1) reads them. */
  from?: string
  until?: string
}

/**
 * A certificate authority like the shop's, in a folder of the test's own.
 *
 * @param original an authority's folder to go on from; it stays as it is
 */
export function testAuthority(original?: string) {
  const base = mkdtempSync(join(tmpdir(), 'authority-'))
  if (original !== undefined) cpSync(original, join(base, 'ca'), { recursive: true })
  const run = (...args: string[]) => execFileSync('scripts/secrets/authority.sh', [join(base, 'ca'), ...args])
  run('ensure')

  const authority = {
    /** A folder as a service has it, with what of the three files there is to change changed. */
    identity(
      service: string,
      { names, from = '1 minute ago', until = '1 hour' }: Certificate = {},
      folder?: string,
    ): string {
      const target = folder ?? mkdtempSync(join(base, `${service}-`))
      const draft = join(base, 'draft.pem')
      run(
        'issue',
        names ?? `URI:spiffe://secure-ecommerce/${service},DNS:${service},DNS:localhost`,
        service,
        from,
        until,
        draft,
      )
      renameSync(draft, join(target, 'identity.pem'))
      run('supersede', service, join(target, 'identity.pem'))
      authority.publish(target)
      return target
    },
    /** Takes back what is not any service's latest. */
    revokeSuperseded: () => void run('revoke-superseded'),
    publish(folder: string): void {
      mkdirSync(folder, { recursive: true })
      for (const name of files.slice(1)) copyFileSync(join(base, 'ca', name), join(folder, name))
    },
    /** What is in such a folder, good or not. */
    read(folder: string): Credentials {
      const [identity, ca, crl] = files.map((name) => readFileSync(join(folder, name), 'utf8')) as [
        string,
        string,
        string,
      ]
      return { key: identity, cert: identity, ca, crl }
    },
    [Symbol.dispose]: () => rmSync(base, { recursive: true }),
  }
  return authority
}
