import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { container, eventually, exec, healthy, requireTestStack, stack } from '../stack.ts'

beforeAll(requireTestStack)

const run = async (...words: string[]) =>
  (await promisify(execFile)('node', ['scripts/quarantine.ts', ...words], { encoding: 'utf8' })).stdout
afterAll(() => run('order-api', '--release').catch(() => {}))

const status = async (path: string, init?: RequestInit) => (await fetch(stack.url + path, init)).status
const order = () =>
  status('/api/orders', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ product_id: 3, quantity: 1 }),
  })

/** Whether a connection comes about: timeout is the packet filter's answer. */
async function connects(from: string, to: string, port: number): Promise<boolean> {
  const program = `require('net').connect(${port},'${to}').on('connect',()=>process.exit(0)).on('error',()=>process.exit(1)).setTimeout(1500,()=>process.exit(1))`
  return (await exec(from, ['node', '-e', program])).exitCode === 0
}

test('a service in quarantine meets nobody and runs on, stays so when the policy restarts, and is let out again', async () => {
  const since = Math.floor(Date.now() / 1_000)
  const begun = await container('order-api').inspect()
  expect(await order()).toBe(201)
  expect(await run()).toBe('Nobody is in quarantine\n')

  const said = await run('order-api')
  expect(Number(/is cut off, after (\d+) ms/.exec(said)?.[1])).toBeLessThan(1_000)
  expect(await connects('gateway', 'order-api', 8443)).toBe(false)
  expect(await connects('order-api', 'api-gateway', 8443)).toBe(false)
  expect(await connects('order-api', 'order-db', 5432)).toBe(false)
  expect([await status('/api/products/3'), await order()]).toEqual([200, 503])
  expect(await run()).toBe('order-api\n')

  const [, folder = ''] = /Evidence: (.+)/.exec(said) ?? []
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(readdirSync(folder).sort()).toEqual(
    ['SHA256SUMS', 'changed-files.txt', 'connections.txt', 'inspect.json', 'log.txt', 'processes.txt'].sort(),
  )
  expect(readFileSync(join(folder, 'processes.txt'), 'utf8')).toContain('node src/main.ts')
  expect(readFileSync(join(folder, 'connections.txt'), 'utf8')).toMatch(/local_address/)
  for (const line of readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trim().split('\n')) {
    const [sum, file = ''] = line.split('  ')
    expect(
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex'),
    ).toBe(sum)
  }
  rmSync(folder, { recursive: true })

  await container('network-policy').restart()
  await healthy('network-policy')
  expect(await connects('gateway', 'order-api', 8443)).toBe(false)
  const log = (await container('network-policy').logs({ stdout: true, stderr: true, since })).toString()
  expect(log).toContain('policy loaded')
  expect(log).not.toContain('policy incident')

  await run('order-api', '--release')
  expect(await run()).toBe('Nobody is in quarantine\n')
  await eventually(20, async () => (await order()) === 201)
  const { State } = await container('order-api').inspect()
  expect(State).toMatchObject({ Running: true, StartedAt: begun.State.StartedAt })
}, 120_000)

test('who is not there is not cut off, and named', async () => {
  await expect(run('oder-api')).rejects.toThrow('expected api-gateway, frontend, nginx')
})
