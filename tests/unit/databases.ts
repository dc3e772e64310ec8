import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { scramVerifier } from '../../scripts/secrets/scram-verifier.ts'
import { certificateAuthority } from '../authority.ts'
import { giveToDatabase } from './give-to-database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databasePassword: string
    databaseHosts: Record<keyof typeof services, string>
    /** The secrets of the databases, the folder `ca`, and for each role a folder of its name with what its client needs. */
    secretsFolder: string
  }
}

const services = { products: 'product-db', orders: 'order-db', payments: 'payment-db' }
const roles = ['productuser', 'orderuser', 'paymentuser']
const hosts = { products: '10.197.6.23', orders: '10.197.6.24', payments: '10.197.7.25' }
const files = ['--file', 'docker-compose.yml', '--file', 'tests/unit/databases.yml']

/** Starts the three databases, as production builds and configures them, under names and addresses of their own. */
export default function startDatabases(project: TestProject): () => void {
  const password = randomBytes(24).toString('base64url')
  const secrets = mkdtempSync(join(tmpdir(), 'secure-ecommerce-unit-'))
  for (const name of ['product', 'order', 'payment']) {
    for (const login of [`${name}_db`, `${name}_monitor`]) {
      writeFileSync(join(secrets, `${login}_verifier`), scramVerifier(password), { mode: 0o444 })
    }
    writeFileSync(join(secrets, `${name}_archive_key`), 'not used', { mode: 0o444 })
  }
  const authority = certificateAuthority(secrets)
  for (const role of roles) {
    authority.issue(join(secrets, role), { service: 'unit-test', subject: role })
    authority.use(join(secrets, role))
  }
  for (const [name, service] of Object.entries(services) as [keyof typeof services, string][]) {
    const folder = join(secrets, `${service.replace('-', '_')}_identity`)
    authority.issue(folder, { service, subject: service, address: hosts[name] })
    authority.use(folder)
    giveToDatabase(folder)
  }
  // A copy that the databases' user may read, whatever the clone's modes are.
  const migrations = join(secrets, 'migrations')
  cpSync('database/migrations', migrations, { recursive: true })
  execFileSync('chmod', ['--recursive', 'a+rX', migrations])
  const env = {
    ...process.env,
    MIGRATIONS_DIR: migrations,
    COMPOSE_PROJECT_NAME: 'secure-ecommerce-unit',
    ECOM_PREFIX: 'eunit',
    NET_FRONTEND: '10.197.4',
    NET_BACKEND: '10.197.5',
    NET_DATABASE: '10.197.6',
    NET_PAYMENT: '10.197.7',
    MAC_PREFIX: '02:ec:03',
    SECRETS_DIR: secrets,
    SAMPLE_CATALOGUE: 'false',
    IMAGE_TAG: process.env.IMAGE_TAG ?? '1.0.0',
  }
  const compose = (...args: string[]) =>
    execFileSync('docker', ['compose', ...files, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const remove = () => {
    compose('down', '--volumes', '--timeout', '1')
    rmSync(secrets, { recursive: true })
  }

  compose('down', '--volumes', '--timeout', '1')
  try {
    // Without the packet filter: nothing else runs on these networks.
    compose('up', '--detach', '--wait', '--no-build', '--no-deps', ...Object.values(services))
  } catch (error) {
    compose('logs', '--tail', '20')
    remove()
    throw error
  }
  project.provide('databasePassword', password)
  project.provide('databaseHosts', hosts)
  project.provide('secretsFolder', secrets)
  return remove
}
