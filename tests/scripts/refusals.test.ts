import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { container, docker, exec } from '../stack.ts'

describe('migrations', () => {
  const name = 'product-db'
  /** Migrates from a copy of the image's files that was changed first. */
  const migrateAfter = (change: string) =>
    exec(name, [
      'sh',
      '-c',
      `set -e; rm -rf /tmp/copy; cp -r /database/migrations /tmp/copy; cd /tmp/copy/products; ${change}; MIGRATIONS=/tmp/copy migrate 2>&1`,
    ])

  test('run again, they have nothing to do', async () => {
    expect(await exec(name, ['migrate'])).toEqual({ exitCode: 0, output: expect.stringContaining('up to date, 0 new') })
  })

  test.each([
    {
      why: 'was changed',
      change: 'for file in 001_*.sql; do echo "-- later" >>$file; done',
      says: /001_\w+\.sql was changed after it was applied to products/,
    },
    { why: 'is missing', change: 'rm 001_*.sql', says: /001_\w+\.sql was applied to products but is missing/ },
    {
      why: 'has no number',
      change: 'touch later.sql',
      says: /expected a name like 001_create_products\.sql but found later\.sql/,
    },
  ])('refuse a file that $why, by its name', async ({ change, says }) => {
    const { exitCode, output } = await migrateAfter(change)
    expect(output).toMatch(says)
    expect(exitCode).toBe(1)
  })

  test.each([
    { why: 'added is no hindrance', file: '998_add.sql', exitCode: 0, says: '998_add.sql is of a newer image' },
    {
      why: 'contracted is',
      file: '998_contract_a.sql',
      exitCode: 1,
      says: '998_contract_a.sql was applied to products but is missing',
    },
  ])('what a newer image $why', async ({ file, exitCode, says }) => {
    const sql = (statement: string) =>
      exec(name, ['psql', '-qAtX', '-U', 'postgres', '-d', 'products', '-c', statement])
    await sql(`INSERT INTO migrations VALUES ('${file}', 'x')`)
    try {
      expect(await exec(name, ['migrate'])).toEqual({ exitCode, output: expect.stringContaining(says) })
    } finally {
      await sql(`DELETE FROM migrations WHERE name = '${file}'`)
    }
  })

  test('take a file that fails back as a whole', async () => {
    const change = `echo 'CREATE TABLE half_done (id int); SELECT 1 / 0;' >999_fails.sql`
    const { exitCode, output } = await migrateAfter(change)
    expect(output).toContain('999_fails.sql failed and was rolled back')
    expect(exitCode).toBe(1)
    const left = "SELECT count(*) FROM pg_class WHERE relname = 'half_done'"
    expect((await exec(name, ['psql', '-qAtX', '-d', 'products', '-c', left])).output.trim()).toBe('0')
    expect(await exec(name, ['migrate'])).toMatchObject({ exitCode: 0 })
  })
})

describe('a service that lacks a secret does not start, and says which', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'empty-'))
    writeFileSync(join(folder, 'empty'), '', { mode: 0o444 })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const cases = [
    { name: 'product-api', secret: 'product_db_password' },
    { name: 'product-api', secret: 'stock_api_key' },
    { name: 'product-api', secret: 'product_audit_key' },
    { name: 'order-api', secret: 'order_db_password' },
    { name: 'order-api', secret: 'payment_api_key' },
    { name: 'order-api', secret: 'jwt_private_key' },
    { name: 'order-api', secret: 'order_link_key' },
    { name: 'product-api', secret: 'jwt_public_keys' },
    { name: 'gateway', secret: 'jwt_public_keys' },
    { name: 'payment-api', secret: 'payment_db_password' },
    { name: 'payment-api', secret: 'stripe_key' },
    { name: 'product-db', secret: 'product_db_verifier' },
    { name: 'product-db', secret: 'product_db_identity' },
    { name: 'nginx', secret: 'nginx_identity' },
    { name: 'nginx', secret: 'shop_certificate' },
  ]

  /** The container as it is, but with one of its secrets taken away or emptied. */
  async function startWithout(name: string, secret: string, binds: string[]) {
    const { Config, Image, HostConfig } = await container(name).inspect()
    const mounts = (HostConfig.Mounts ?? []).filter(({ Target }) => Target !== `/run/secrets/${secret}`)
    const probe = await docker.createContainer({
      Image,
      Env: Config.Env,
      User: Config.User,
      HostConfig: {
        Mounts: mounts.filter(({ Type }) => Type === 'bind'),
        Binds: binds,
        Tmpfs: HostConfig.Tmpfs,
        NetworkMode: 'none',
        ReadonlyRootfs: true,
        CapDrop: ['ALL'],
        ExtraHosts: HostConfig.ExtraHosts,
      },
    })
    try {
      await probe.start()
      const { StatusCode } = await probe.wait()
      return { status: StatusCode, log: (await probe.logs({ stdout: true, stderr: true })).toString() }
    } finally {
      await probe.remove({ force: true })
    }
  }

  test.each(cases)('$name without $secret', async ({ name, secret }) => {
    const { status, log } = await startWithout(name, secret, [])
    expect(log).toContain(`/run/secrets/${secret}`)
    expect(log).toMatch(/no such file/i)
    expect(status).toBe(1)
  })

  test.each(cases)('$name with an empty $secret', async ({ name, secret }) => {
    const { status, log } = await startWithout(name, secret, [`${folder}/empty:/run/secrets/${secret}:ro`])
    expect(log).toContain(`/run/secrets/${secret}`)
    expect(status).toBe(1)
  })
})
