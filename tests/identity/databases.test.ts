import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { certificateAuthority } from '../authority.ts'
import { container, eventually, exec, requireTestStack } from '../stack.ts'

requireTestStack()

const databases = [
  { name: 'product-db', database: 'products', role: 'productuser', service: 'product-api', network: 'database' },
  { name: 'order-db', database: 'orders', role: 'orderuser', service: 'order-api', network: 'database' },
  { name: 'payment-db', database: 'payments', role: 'paymentuser', service: 'payment-api', network: 'payment' },
]

async function asOperator(name: string, statement: string): Promise<string[]> {
  const { exitCode, output } = await exec(name, ['psql', '-qAtX', '-P', 'pager=off', '-U', 'postgres', '-c', statement])
  if (exitCode !== 0) throw new Error(`${name}: ${output}`)
  return output.trim().split('\n')
}

describe.each(databases)('$name', ({ name, database, role, service, network }) => {
  test('admits its service and the monitoring, each as one role from one address, by certificate and password', async () => {
    const { NetworkSettings } = await container(service).inspect()
    const address = Object.entries(NetworkSettings.Networks).find(([found]) => found.endsWith(`_${network}`))?.[1]
      .IPAddress
    const monitoring = address?.replace(/\d+$/, '22')
    const next = address?.replace(/\d+$/, (host) => String(Number(host) + 100))
    const columns = 'type, database, user_name, address, netmask, auth_method, options, error'
    expect(await asOperator(name, `SELECT ${columns} FROM pg_hba_file_rules ORDER BY rule_number`)).toEqual([
      'local|{all}|{all}|||peer|{map=container}|',
      `hostssl|{${database}}|{${role}}|${address}|255.255.255.255|scram-sha-256|{clientcert=verify-full}|`,
      `hostssl|{${database}}|{${role}}|${next}|255.255.255.255|scram-sha-256|{clientcert=verify-full}|`,
      `hostssl|{${database}}|{monitor}|${monitoring}|255.255.255.255|scram-sha-256|{clientcert=verify-full}|`,
      'host|{all}|{all}|all||reject||',
    ])
  })

  test('has no session over the network but under TLS 1.3, with the certificate of the role', async () => {
    const sessions = `SELECT DISTINCT usename, application_name, ssl, version, client_dn
                      FROM pg_stat_activity JOIN pg_stat_ssl USING (pid) WHERE client_addr IS NOT NULL AND usename <> 'monitor'`
    await eventually(20, async () =>
      expect(await asOperator(name, sessions)).toEqual([`${role}|${service}|t|TLSv1.3|/CN=${role}`]),
    )
  })
})

describe('order-db refuses, and says in its log why', () => {
  type Attempt = { password?: string; database?: string; ssl?: object | false }

  const connect = readFileSync(new URL('connect.mjs', import.meta.url), 'utf8')
  const folder = mkdtempSync(join(tmpdir(), 'identity-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  const secrets = resolve(process.env.SECRETS_DIR ?? 'secrets')
  const role = { service: 'order-api', subject: 'orderuser', until: '5 minutes' }
  beforeAll(() => {
    const authority = certificateAuthority(secrets)
    authority.issue(join(folder, 'revoked'), role)
    execFileSync('bash', ['scripts/create-secrets.sh', 'revocations'])
    authority.issue(join(folder, 'another role'), { ...role, service: 'product-api', subject: 'productuser' })
    authority.issue(join(folder, 'expired'), { ...role, from: '2 hours ago', until: '1 hour ago' })
    certificateAuthority(join(folder, 'elsewhere')).issue(join(folder, 'another authority'), role)
  })

  const certificateOf = (identity: string) => {
    const pem = readFileSync(join(folder, identity, 'identity.pem'), 'utf8')
    return { ssl: { key: pem, cert: pem } }
  }

  async function attempt(change: Attempt): Promise<string> {
    const command = ['node', '--input-type=module', '--eval', connect, JSON.stringify(change)]
    return (await exec('order-api', command)).output.trim()
  }

  const log = async () => (await container('order-db').logs({ stdout: true, stderr: true })).toString()

  type Case = { why: string; change: () => Attempt; says: RegExp }
  const cases: Case[] = [
    {
      why: 'a password without a certificate',
      change: () => ({ ssl: { key: '', cert: '' } }),
      says: /connection requires a valid client certificate/,
    },
    {
      why: 'a certificate with a wrong password',
      change: () => ({ password: 'wrong' }),
      says: /password authentication failed for user \\"orderuser\\"/,
    },
    {
      why: "another role's certificate",
      change: () => certificateOf('another role'),
      says: /\(clientcert=verify-full\) failed for user \\"orderuser\\": CN mismatch/,
    },
    {
      why: "another authority's certificate",
      change: () => certificateOf('another authority'),
      says: /unable to get local issuer certificate/,
    },
    { why: 'a certificate that was revoked', change: () => certificateOf('revoked'), says: /certificate revoked/ },
    { why: 'a certificate that has run out', change: () => certificateOf('expired'), says: /certificate has expired/ },
    { why: 'TLS 1.2', change: () => ({ ssl: { maxVersion: 'TLSv1.2' } }), says: /unsupported protocol/ },
    { why: 'plain text', change: () => ({ ssl: false }), says: /pg_hba\.conf rejects connection .*no encryption/ },
    {
      why: 'another database',
      change: () => ({ database: 'postgres' }),
      says: /pg_hba\.conf rejects connection .*SSL encryption/,
    },
  ]

  test('nothing, with what the service has: so the refusals below are for their reasons', async () => {
    expect(await attempt({})).toBe('let in')
  })

  test.each(cases)('$why', async ({ change, says }) => {
    const { length } = await log()
    expect(await attempt(change())).toMatch(/^refused: /)
    await eventually(5, async () => expect((await log()).slice(length)).toMatch(says))
  })
})
