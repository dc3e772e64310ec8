import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { container, docker, eventually, requireTestStack, stack } from '../../stack.ts'
import { inspectStack } from '../inspect-stack.ts'
import { perl, runIn } from '../run-in.ts'
import { compose } from './compose.ts'
import { whole } from './whole.ts'

const table = `${stack.prefix}_policy`
const policy = `${stack.prefix}-network-policy`
const dropTables = () => runIn(policy, ['nft', `delete table bridge ${table}; delete table inet ${table}`])

beforeAll(requireTestStack)
afterAll(async () => {
  await compose('up', '--detach', '--no-build', '--force-recreate', '--wait', 'product-api')
  await whole()
})

const printedBy = async (name: string) =>
  (await container(name).logs({ stdout: true, stderr: true, follow: false })).toString('utf8')

/** product-api as an attacker would have it: same place, same addresses, and nothing but attempts at another's database. */
async function startInsisting(target: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'startup-'))
  try {
    const service = { entrypoint: perl('insist', target, '5432'), healthcheck: { disable: true }, restart: 'no' }
    const file = join(folder, 'insisting.json')
    await writeFile(file, JSON.stringify({ services: { 'product-api': service } }).replaceAll('$', '$$$$'))
    await compose('--file', file, 'up', '--detach', '--no-build', 'order-db', 'product-api')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

test('a container that insists from its first instruction sees nothing before the policy stands', async () => {
  const { services } = await inspectStack()
  const target = services.find(({ name }) => name === 'order-db')?.addresses[0]?.address ?? ''
  // As after a reboot: no rules, and nobody runs.
  await Promise.all(['product-api', 'order-db'].map((name) => container(name).stop()))
  await dropTables()
  await docker.getContainer(policy).kill()
  await startInsisting(target)
  const tried = await eventually(20, async () => (await printedBy('product-api')).match(/tried \d{2,}/)?.[0])
  expect(tried).toMatch(/^tried \d+$/)
  await eventually(60, async () => (await container('order-db').inspect()).State.Health?.Status === 'healthy')
  await sleep(1_000)
  expect((await printedBy('product-api')).match(/open after \d+ ms/)?.[0]).toBe(undefined)

  // It would have told: without rules it gets there at once.
  await docker.getContainer(policy).kill({ signal: 'SIGKILL' })
  await compose(
    'run',
    '--rm',
    '--no-deps',
    '--entrypoint',
    'nft',
    'network-policy',
    `delete table bridge ${table}; delete table inet ${table}`,
  )
  await eventually(10, async () => /open after \d+ ms/.test(await printedBy('product-api')))
})
