import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'

type Certificate = {
  service: string
  /** What PostgreSQL takes for the role. */
  subject: string
  address?: string | undefined
  /** Instead of what follows from service and address, as openssl writes them. */
  names?: string | undefined
  /** As date(1) reads them. */
  from?: string
  until?: string
}

/** A certificate authority of the tests' own, in the folder `ca` of another. */
export function certificateAuthority(folder: string) {
  const ca = join(folder, 'ca')
  const run = (...args: string[]) =>
    execFileSync('scripts/secrets/authority.sh', [ca, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  run('ensure')

  /** What everybody may know of it, into a folder where it may be in use. */
  function publish(target: string): void {
    for (const name of ['authority.pem', 'revoked.pem']) {
      copyFileSync(join(ca, name), join(target, 'published.new'))
      renameSync(join(target, 'published.new'), join(target, name))
    }
  }

  return {
    /** Fills a folder as a service finds its own. What was there is replaced while it may be in use. */
    issue(target: string, { service, subject, address, names, from = '1 minute ago', until = '1 hour' }: Certificate) {
      const usual = [
        `URI:spiffe://secure-ecommerce/${service}`,
        `DNS:${service}`,
        ...(address ? [`IP:${address}`] : []),
      ]
      mkdirSync(target, { recursive: true })
      run('issue', names ?? usual.join(), subject, from, until, join(target, 'identity.new'))
      renameSync(join(target, 'identity.new'), join(target, 'identity.pem'))
      publish(target)
    },

    publish,

    /** From now on this one, and not what the same folder held before. */
    use(target: string): void {
      run('supersede', target.replaceAll('/', '_'), join(target, 'identity.pem'))
    },

    revokeUnused: () => run('revoke-superseded'),
  }
}
