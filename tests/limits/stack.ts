import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const PREFIX = 'elimit'
export const folder = mkdtempSync(join(tmpdir(), 'limits-'))

/** Ten writes, so that few requests tell who has counted them. */
const environment = {
  COMPOSE_PROJECT_NAME: 'secure-ecommerce-limits',
  ECOM_PREFIX: PREFIX,
  NET_FRONTEND: '10.195.4',
  NET_BACKEND: '10.195.5',
  NET_DATABASE: '10.195.6',
  NET_PAYMENT: '10.195.7',
  MAC_PREFIX: '02:ec:0d',
  SECRETS_DIR: join(folder, 'secrets'),
  LIMIT_COUNTERS: 'redis',
  LIMIT_ANONYMOUS_WRITES: '10',
}

/** Runs a program with the settings of this suite's own stack. */
export function run(command: string, args: string[], { profile = 'limits' } = {}): string {
  const env = { ...process.env, ...environment, COMPOSE_PROFILES: profile }
  return execFileSync(command, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] })
}

export const compose = (...args: string[]): string => run('docker', ['compose', '--progress', 'quiet', ...args])

/** Only what has a part in it, and one who has none; the packet filter comes first, as everywhere. */
export function startStack(): void {
  run('bash', ['scripts/create-secrets.sh'])
  compose('up', '--detach', '--no-build', '--wait', 'redis', 'api-gateway')
}

export function removeStack(): void {
  compose('stop', '--timeout', '2')
  compose('run', '--rm', '--no-deps', '-T', 'network-policy', 'remove')
  compose('down', '--volumes')
  rmSync(folder, { recursive: true })
}
