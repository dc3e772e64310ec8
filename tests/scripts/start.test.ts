import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { docker } from '../stack.ts'
import { runScript } from './run-script.ts'

/** A stack that does not exist and is not to come into being. */
const nobody = { COMPOSE_PROJECT_NAME: 'secure-ecommerce-never', ECOM_PREFIX: 'enever', HTTPS_PORT: '18443' }

async function containersOfNobody(): Promise<number> {
  const label = [`com.docker.compose.project=${nobody.COMPOSE_PROJECT_NAME}`]
  return (await docker.listContainers({ all: true, filters: { label } })).length
}

test('a port in use stops the start before anything is done, and the message says how to go on', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  // The script is run without waiting in this process, which has to go on accepting.
  const { status, text } = await runApart({ ...nobody, HTTP_PORT: String(port) })
  server.close()
  expect(text).toMatch(new RegExp(`FAIL: expected port ${port} of 127.0.0.1 to be free but it is in use`))
  expect(text).toMatch(/Next: .*echo HTTP_PORT=\d+ >>\.env/)
  expect(status).toBe(1)
  expect(await containersOfNobody()).toBe(0)
})

test("a subnet that another of Docker's networks has stops the start, and the message names both", async () => {
  const network = await docker.createNetwork({
    Name: 'secure-ecommerce-occupant',
    IPAM: { Driver: 'default', Config: [{ Subnet: '172.39.0.0/16' }] },
  })
  try {
    const { status, text } = await runApart({
      ...nobody,
      HTTP_PORT: '18480',
      NET_BACKEND: '172.39.4',
      NET_FRONTEND: '172.38.0',
    })
    expect(text).toMatch(
      /FAIL: expected the subnet 172\.39\.4\.0\/24 to be free but .* secure-ecommerce-occupant has 172\.39\.0\.0\/16/,
    )
    expect(text).toContain('NET_BACKEND=')
    expect(status).toBe(1)
    expect(await containersOfNobody()).toBe(0)
  } finally {
    await network.remove()
  }
})

test('a choice that is remembered replaces itself in .env and leaves every other line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'))
  try {
    const lines = ['# mine', 'HTTP_PORT=8080', 'NODE_IMAGE=old', 'LOG_LEVEL=debug']
    writeFileSync(join(folder, '.env'), `${lines.join('\n')}\n`)
    const settings = resolve('scripts/settings.sh')
    const { status, text } = runScript(
      `set -eu; . "${settings}"; remember NODE_IMAGE new; setting NODE_IMAGE x; setting HTTP_PORT 80; setting NOT_THERE default`,
      {
        cwd: folder,
        env: { NODE_IMAGE: '', HTTP_PORT: '' },
      },
    )
    expect({ status, text }).toEqual({ status: 0, text: 'new8080default' })
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe('# mine\nHTTP_PORT=8080\nLOG_LEVEL=debug\nNODE_IMAGE=new\n')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('destroy removes nothing unless it is told to', () => {
  const { status, text } = runScript('scripts/destroy.sh', { env: nobody, input: 'no\n' })
  expect(status).toBe(1)
  expect(text).toContain('nothing was removed')
})

async function runApart(env: Record<string, string>): Promise<{ status: number | null; text: string }> {
  const child = spawn('bash', ['scripts/start.sh'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk))
  const [status] = await once(child, 'close')
  return { status, text }
}
