import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import type { Credentials } from '@secure-ecommerce/kit/identity'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { perl, runIn } from '../isolation/run-in.ts'
import { docker, eventually } from '../stack.ts'
import { testAuthority } from '../unit/authority.ts'
import { compose, folder, PREFIX, removeStack, run, startStack } from './stack.ts'

const gateway = '10.195.5.12'
const redis = '10.195.5.17'
const limit = 10

let nginx: Credentials

/** A write through a gateway, as nginx passes it on. There is no order-api behind it, so what is not refused is 503. */
async function write(address: string, { port = 8443, method = 'POST' } = {}) {
  const { key, cert, ca } = nginx
  const agent = new Agent({ key, cert, ca, servername: 'api-gateway' })
  const headers = { 'x-forwarded-for': address }
  const options = { host: gateway, port, method, agent, path: '/api/orders', headers, timeout: 5_000 }
  const [answer] = await once(request(options).end(), 'response')
  answer.resume()
  await once(answer, 'end')
  return { status: Number(answer.statusCode), left: Number(/r=(\d+)/.exec(answer.headers.ratelimit)?.[1]) }
}

async function statuses(times: number, ...args: Parameters<typeof write>): Promise<number[]> {
  const found: number[] = []
  for (let n = 0; n < times; n++) found.push((await write(...args)).status)
  return found
}

const times = (count: number, status: number) => Array<number>(count).fill(status)

const logged = (message: string) => compose('logs', '--no-log-prefix', 'api-gateway').split(message).length - 1
const countedInRedis = (often: number) =>
  eventually(60, async () => logged('"msg":"requests are counted in Redis"') === often)

async function restartGateway(): Promise<void> {
  const before = logged('"msg":"requests are counted in Redis"')
  compose('restart', 'api-gateway')
  compose('up', '--detach', '--no-build', '--wait', 'redis', 'api-gateway')
  await countedInRedis(before + 1)
}

const password = () => readFileSync(join(folder, 'secrets', 'redis_password'), 'utf8').trim()

/** What Redis says to a user, asked from its own container. */
async function said(user: 'gateway' | 'nobody', command: string): Promise<string> {
  const input = [...(user === 'gateway' ? [`AUTH gateway ${password()}`] : []), command].join('\n')
  const options = { encoding: 'utf8', input } as const
  const args = ['exec', '--interactive', `${PREFIX}-redis`, 'redis-cli', '-s', '/tmp/redis.sock']
  const lines = execFileSync('docker', args, options).split('\n')
  return lines
    .slice(user === 'gateway' ? 1 : 0)
    .join('')
    .trim()
}

/** What a connection from a container comes to, in the words of programs/probe.pl. */
async function outcome(container: string, job: string): Promise<string | undefined> {
  const printed = await runIn(`${PREFIX}-${container}`, perl('probe', 'nonce', job))
  return printed
    .split('\n')
    .map((line) => line.split('\t'))
    .find(([id]) => id === job)?.[1]
}

describe.skipIf(process.getuid?.() !== 0)('counters in Redis', () => {
  let authority: ReturnType<typeof testAuthority>

  beforeAll(async () => {
    startStack()
    authority = testAuthority(join(folder, 'secrets', 'ca'))
    nginx = authority.read(authority.identity('nginx'))
    await countedInRedis(1)
  })

  afterAll(() => {
    authority?.[Symbol.dispose]()
    removeStack()
  })

  test('outlive a restart of the gateway', async () => {
    expect(await statuses(limit + 1, '198.51.100.1')).toEqual([...times(limit, 503), 429])
    await restartGateway()
    expect((await write('198.51.100.1')).status).toBe(429)
    expect((await write('198.51.100.2')).left).toBe(limit - 1)
  })

  test('are the same for every gateway', async () => {
    const { Config, Image, HostConfig } = await docker.getContainer(`${PREFIX}-gateway`).inspect()
    const second = await docker.createContainer({
      Image,
      name: `${PREFIX}-gateway-2`,
      Env: [...Config.Env.filter((line) => !line.startsWith('PORT=')), 'PORT=8090', 'BUSINESS_PORT=8444'],
      User: Config.User,
      Labels: { 'com.docker.compose.project': '' },
      HostConfig: { Mounts: HostConfig.Mounts, NetworkMode: `container:${PREFIX}-gateway`, ReadonlyRootfs: true },
    })
    try {
      await second.start()
      await eventually(60, async () => (await second.logs({ stdout: true })).includes('counted in Redis'))
      expect(await statuses(limit / 2, '198.51.100.3')).toEqual(times(limit / 2, 503))
      const there = { port: 8444 }
      expect(await statuses(limit / 2 + 1, '198.51.100.3', there)).toEqual([...times(limit / 2, 503), 429])
      expect((await write('198.51.100.3')).status).toBe(429)
    } finally {
      await second.remove({ force: true })
    }
  })

  test('name nobody: an address is known by a digest that only the gateway can make', async () => {
    expect((await write('198.51.100.4')).left).toBe(limit - 1)
    const digest = createHmac('sha256', password()).update('198.51.100.4').digest('base64url')
    expect(await said('gateway', `GET limit:anonymous-writes:${digest}`)).toBe('1')
    expect(await said('gateway', 'GET limit:anonymous-writes:198.51.100.4')).toBe('')
  })

  test.each([
    'KEYS *',
    'FLUSHALL',
    'CONFIG GET maxmemory',
    'EVAL "return 1" 0',
    'SCRIPT FLUSH',
    'ACL WHOAMI',
    'MONITOR',
  ])('the gateway may not %s', async (command) => {
    expect(await said('gateway', command)).toContain('NOPERM')
  })

  test('the gateway may touch counters alone, and who has no password may only ping', async () => {
    expect(await said('gateway', 'SET other 1')).toContain('NOPERM')
    expect(await said('nobody', 'PING')).toBe('PONG')
    expect(await said('nobody', 'GET limit:anonymous-writes:x')).toContain('NOPERM')
    expect(await said('nobody', 'INFO')).toContain('NOPERM')
  })

  test.each([
    { who: 'no certificate', options: () => ({ ca: nginx.ca }) },
    { who: 'one of another authority', options: () => ({ ...foreign(), ca: nginx.ca }) },
    { who: 'TLS 1.2', options: () => ({ ...nginx, crl: undefined, maxVersion: 'TLSv1.2' as const }) },
  ])('a caller with $who is not answered', async ({ options }) => {
    expect(await ping(options())).not.toContain('PONG')
  })

  test('a caller with a certificate is', async () => {
    expect(await ping({ ...nginx, crl: undefined })).toContain('PONG')
  })

  test('on the network nobody but the gateway comes near, and Redis goes nowhere', async () => {
    compose('up', '--detach', '--no-build', '--no-deps', 'product-api')
    expect(await outcome('product-api', `tcp/${redis}/6379`)).toBe('dropped')
    expect(await outcome('gateway', `tcp/${redis}/6379`)).toBe('open')
    expect(await outcome('gateway', `tcp/${redis}/6380`)).toBe('dropped')
    for (const target of [`tcp/${gateway}/8443`, 'tcp/10.195.5.13/8443']) {
      expect(await outcome('redis', target)).toBe('dropped')
    }
  })

  test('certificates are replaced while it runs, and nothing that was counted is lost', async () => {
    expect(await statuses(limit + 1, '198.51.100.5')).toEqual([...times(limit, 503), 429])
    const before = await serial()
    run('bash', ['scripts/rotate-secrets.sh', 'certs'])
    authority[Symbol.dispose]()
    authority = testAuthority(join(folder, 'secrets', 'ca'))
    nginx = authority.read(authority.identity('nginx'))
    expect(await serial()).not.toBe(before)
    expect((await write('198.51.100.5')).status).toBe(429)
    expect((await write('198.51.100.6')).left).toBe(limit - 1)
    const digest = createHmac('sha256', password()).update('198.51.100.6').digest('base64url')
    await eventually(5, async () => (await said('gateway', `GET limit:anonymous-writes:${digest}`)) === '1')
  })

  test.each([
    { how: 'is gone', leave: ['stop', '--timeout', '1'], come: ['start'] },
    { how: 'does not answer', leave: ['pause'], come: ['unpause'] },
  ])(
    'while Redis $how the gateway goes on with what it has counted itself, and says so once',
    async ({ leave, come }) => {
      const visitor = leave[0] === 'pause' ? '198.51.100.7' : '198.51.100.8'
      const [away, here] = ['Redis does not answer', '"msg":"requests are counted in Redis"'].map(logged) as [
        number,
        number,
      ]
      expect(await statuses(limit - 2, visitor)).toEqual(times(limit - 2, 503))
      compose(...leave, 'redis')
      try {
        const started = performance.now()
        expect(await statuses(4, visitor)).toEqual([503, 503, 429, 429])
        expect(performance.now() - started).toBeLessThan(3_000)
        // A newcomer has what is theirs, and no more; who reads notices nothing.
        expect(await statuses(limit + 1, `${visitor}0`)).toEqual([...times(limit, 503), 429])
        expect((await write(visitor, { method: 'GET' })).status).toBe(503)
        await new Promise((resolve) => setTimeout(resolve, 3_000))
        await write('198.51.100.9')
        expect(logged('Redis does not answer')).toBe(away + 1)
      } finally {
        compose(...come, 'redis')
      }
      await eventually(60, async () => {
        await write('198.51.100.99')
        return logged('"msg":"requests are counted in Redis"') === here + 1
      })
    },
  )

  test('with the profile off the rules know nothing of it, and who still runs is cut off', async () => {
    const explain = (profile: string) =>
      run(process.execPath, ['scripts/policy.ts', 'explain', 'api-gateway', 'redis'], { profile })
    expect(explain('limits')).toContain('api-gateway → redis: allowed on 6379')
    expect(explain('stripe,limits')).toContain('api-gateway → redis: allowed on 6379')
    run('docker', ['compose', '--progress', 'quiet', 'up', '--detach', '--no-build', '--wait', 'network-policy'], {
      profile: '',
    })
    expect(await outcome('gateway', `tcp/${redis}/6379`)).toBe('dropped')
    expect(explain('')).toContain('denied: redis is not part of the stack without COMPOSE_PROFILES=limits')
  })
})

function foreign(): Credentials {
  using other = testAuthority()
  return other.read(other.identity('api-gateway'))
}

/** Anything that Redis says to a ping over TLS, or what went wrong. */
async function ping(options: object): Promise<string> {
  const socket = connectTls({ host: redis, port: 6379, servername: 'redis', ...options })
  socket.on('secureConnect', () => socket.write('PING\r\n'))
  try {
    const [answer] = await once(socket, 'data', { signal: AbortSignal.timeout(3_000) })
    return String(answer)
  } catch (error) {
    return (error as Error).message
  } finally {
    socket.destroy()
  }
}

/** Of the certificate that Redis shows. */
async function serial(): Promise<string | undefined> {
  const { key, cert, ca } = nginx
  const socket = connectTls({ host: redis, port: 6379, servername: 'redis', key, cert, ca })
  try {
    await once(socket, 'secureConnect')
    return socket.getPeerX509Certificate()?.serialNumber
  } finally {
    socket.destroy()
  }
}
