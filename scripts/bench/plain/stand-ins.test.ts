import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { testAuthority } from '../../../tests/unit/authority.ts'
import { spokenAt } from '../spoken.ts'

const authority = testAuthority()
const folder = authority.identity('localhost')
const children: ChildProcess[] = []

afterAll(() => {
  for (const child of children) child.kill()
  authority[Symbol.dispose]()
})

/** A service that lets nobody in, and asks itself what it answers. */
const service = `
  import { createLog } from '@secure-ecommerce/kit/log'
  import { openConnections } from '@secure-ecommerce/kit/connections'
  import { createHttpApp } from '@secure-ecommerce/kit/http-app'
  import { createBusinessServer } from '@secure-ecommerce/kit/http-server'
  import { openIdentity } from '@secure-ecommerce/kit/identity'

  const log = createLog('test', 'silent')
  const identity = openIdentity(process.env.IDENTITY_FOLDER)
  const app = createHttpApp({ log, ready: async () => {}, routes: {} })
  const server = createBusinessServer(app, { identity, callers: {}, log }).listen(0, async () => {
    const { port } = server.address()
    const connections = openConnections('https://localhost:' + port, { timeout: 2_000, identity })
    const asked = connections.pool().request({ method: 'GET', path: '/health' })
    const status = await asked.then(({ statusCode }) => statusCode, ({ code }) => code)
    console.log(JSON.stringify({ port, status }))
  })`

async function start(STAND_INS?: string): Promise<{ port: number; status: unknown }> {
  const preload = STAND_INS ? ['--import', fileURLToPath(new URL('stand-ins.ts', import.meta.url))] : []
  const child = spawn(process.execPath, [...preload, '--input-type=module', '--eval', service], {
    env: { ...process.env, IDENTITY_FOLDER: folder, ...(STAND_INS && { STAND_INS }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const [line] = await once(createInterface(child.stdout), 'line')
  return JSON.parse(line)
}

describe('a service', () => {
  test.each([
    { why: 'as it is shipped', standIns: undefined, protocol: 'TLS', status: 403 },
    {
      why: 'whose server is replaced',
      standIns: 'http-server',
      protocol: 'HTTP',
      status: expect.stringMatching(/^ERR_SSL/),
    },
    {
      why: 'whose server and clients are replaced',
      standIns: 'http-server connections',
      protocol: 'HTTP',
      status: 200,
    },
  ])('$why speaks $protocol', async ({ standIns, protocol, status }) => {
    const answer = await start(standIns)
    expect(answer.status).toEqual(status)
    expect(await spokenAt('localhost', answer.port)).toBe(protocol)
  })
})

test('where nobody listens nothing is spoken', async () => {
  expect(await spokenAt('localhost', 1)).toBeUndefined()
})

test.each(['http-server', 'connections'])('the stand-in for %s has all that it has', async (name) => {
  const [itself, standIn] = await Promise.all([import(`@secure-ecommerce/kit/${name}`), import(`./${name}.ts`)])
  expect(Object.keys(standIn).toSorted()).toEqual(Object.keys(itself).toSorted())
})
