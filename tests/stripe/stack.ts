import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Of the range for documentation, as all that is outside here. */
export const RESOLVER = '198.51.100.254'

export const PREFIX = 'estrip'
export const folder = mkdtempSync(join(tmpdir(), 'stripe-'))

const environment = {
  COMPOSE_PROJECT_NAME: 'secure-ecommerce-way-out',
  ECOM_PREFIX: PREFIX,
  NET_FRONTEND: '10.195.0',
  NET_BACKEND: '10.195.1',
  NET_DATABASE: '10.195.2',
  NET_PAYMENT: '10.195.3',
  MAC_PREFIX: '02:ec:07',
  SECRETS_DIR: join(folder, 'secrets'),
  STRIPE_RESOLVER: RESOLVER,
  PAYMENT_PROVIDER: 'simulated',
}

/** Runs a program with the settings of this suite's own stack. */
export function run(command: string, args: string[], { profile = 'stripe' } = {}): string {
  const env = { ...process.env, ...environment, COMPOSE_PROFILES: profile }
  return execFileSync(command, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] })
}

export const compose = (...args: string[]): string => run('docker', ['compose', '--progress', 'quiet', ...args])

/** Only what has a part in it; the packet filter comes first, as everywhere. */
export function startStack(): void {
  run('bash', ['scripts/create-secrets.sh'])
  compose('up', '--detach', '--no-build', '--wait', 'payment-db', 'payment-api', 'stripe-egress')
}

export function removeStack(): void {
  compose('stop', '--timeout', '2')
  compose('run', '--rm', '--no-deps', '-T', 'network-policy', 'remove')
  compose('down', '--volumes')
  rmSync(folder, { recursive: true })
}
