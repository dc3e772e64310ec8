import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sample } from '../sabotage/model/seeded-sample.ts'
import { container, healthy, requireTestStack, stack } from '../stack.ts'
import { drift, nothing, plant, run, uproot } from './run.ts'

beforeAll(requireTestStack)

const { env } = process
const payment = env.NET_PAYMENT ?? ''
const network = (name: string) => `${stack.project}_${name}`
const stranger = `${stack.prefix}-stranger`

type Case = {
  why: string
  plant: () => Promise<unknown>
  repair: () => Promise<unknown>
  /** Every line that is told, in order. */
  lines: RegExp[]
}

const connecting = (host: string) =>
  `exec node -e 'require("net").connect(8443, "${host}").on("error", () => {}); setTimeout(() => {}, 3e5)'`
const program = (service: string, what: string) =>
  new RegExp(`^${service}: expected only its own programs but found ${what}`)

const cases: Case[] = [
  {
    why: 'a database client in order-api',
    plant: () => plant('order-api', 'exec -a psql sleep 300'),
    repair: () => uproot('order-api'),
    lines: [
      /^order-api: expected no client of a database outside of databases but found psql 300 \(process \d+, user 1001\)$/,
    ],
  },
  {
    why: 'a program that nobody declared, as root and with every capability',
    plant: () => plant('nginx', 'exec -a miner sleep 300', '--privileged', '--user', '0'),
    repair: () => uproot('nginx'),
    lines: [
      program('nginx', 'miner 300'),
      /^nginx: expected user 1001 but found miner 300 \(process \d+, user 0\)$/,
      /^nginx: expected capabilities 0 but found capabilities [0-9a-f]+ in miner 300/,
    ],
  },
  {
    why: 'a listener',
    plant: () => plant('order-api', `exec node -e 'require("net").createServer().listen(4444, "0.0.0.0")'`),
    repair: () => uproot('order-api'),
    lines: [
      program('order-api', 'node -e'),
      /^order-api: expected to listen on 8443, 8002 alone but found tcp 0\.0\.0\.0:4444 \(user 1001\)$/,
    ],
  },
  {
    why: 'a gateway that would make payments',
    plant: () => plant('gateway', connecting(`${payment}.15`)),
    repair: () => uproot('gateway'),
    lines: [
      program('api-gateway', 'node -e'),
      /^api-gateway: expected payments by who may make them alone but found a connection from api-gateway to payment-api:8443$/,
    ],
  },
  {
    why: 'a connection that is not in the matrix',
    plant: () => plant('product-api', connecting('order-api')),
    repair: () => uproot('product-api'),
    lines: [
      program('product-api', 'node -e'),
      /^product-api: expected only what x-communication allows but found a connection from product-api to order-api:8443$/,
    ],
  },
  {
    why: 'a service on one network more',
    plant: () => run('docker', 'network', 'connect', network('payment'), `${stack.prefix}-frontend`),
    repair: () => run('docker', 'network', 'disconnect', network('payment'), `${stack.prefix}-frontend`),
    lines: [
      new RegExp(`^frontend: expected no other network than declared but found ${network('payment')} [\\d.]+ [\\w:]+$`),
    ],
  },
  {
    why: 'a container on a network of the shop',
    plant: async () => {
      const { Config } = await container('frontend').inspect()
      const labels = ['--label', 'com.docker.compose.project=']
      const options = [
        '--detach',
        '--name',
        stranger,
        '--network',
        network('backend'),
        ...labels,
        '--entrypoint',
        'sleep',
      ]
      await run('docker', 'run', ...options, Config.Image, '300')
    },
    repair: () => run('docker', 'rm', '--force', stranger),
    lines: [
      new RegExp(
        `^${stranger}: expected no container but the declared ones but found this one on ${network('backend')}$`,
      ),
    ],
  },
  {
    why: 'a container that says it is of the project',
    plant: async () => {
      const { Config } = await container('frontend').inspect()
      const label = `com.docker.compose.project=${stack.project}`
      const options = ['--detach', '--name', stranger, '--network', 'none', '--label', label, '--entrypoint', 'sleep']
      await run('docker', 'run', ...options, Config.Image, '300')
    },
    repair: () => run('docker', 'rm', '--force', stranger),
    lines: [new RegExp(`^${stranger}: expected no container but the declared ones but found this one in the project$`)],
  },
  {
    why: 'a network that nobody declared',
    plant: () =>
      run(
        'docker',
        'network',
        'create',
        '--internal',
        '--label',
        `com.docker.compose.project=${stack.project}`,
        stranger,
      ),
    repair: () => run('docker', 'network', 'rm', stranger),
    lines: [new RegExp(`^${stranger}: expected no network but the declared ones but found this one$`)],
  },
  {
    why: 'an image that was built anew',
    plant: async () => {
      const [{ Config }, other] = await Promise.all([container('frontend').inspect(), container('nginx').inspect()])
      await run('docker', 'tag', other.Image, Config.Image)
    },
    repair: async () => {
      const { Config, Image } = await container('frontend').inspect()
      await run('docker', 'tag', Image, Config.Image)
    },
    lines: [
      /^frontend: expected the image that is secure-ecommerce\/frontend:\S+ now \(\w{12}\) but found another \(\w{12}\)$/,
    ],
  },
  {
    why: 'a container made of another declaration, into which somebody wrote',
    plant: async () => {
      await run('docker', 'compose', '--file', 'docker-compose.yml', '--file', 'tests/drift/other.yml', ...recreate)
      await healthy('frontend')
      await run('docker', 'exec', '--user', '0', `${stack.prefix}-frontend`, 'touch', '/etc/planted')
    },
    repair: async () => {
      await run('docker', 'compose', ...recreate)
      await healthy('frontend')
    },
    lines: [
      /^frontend: expected a container of this declaration but found one of another/,
      /^frontend: expected no capability but declared ones but found NET_RAW$/,
      /^frontend: expected a read-only root file system but found writable$/,
      /^frontend: expected capabilities nothing but found capabilities NET_RAW$/,
      /^frontend: expected no other mount than declared but found \/mnt \(.*\/tests, read-only\)$/,
      /^frontend: expected nothing written, for its root is read-only, but found \/etc\/planted added$/,
    ],
  },
  {
    why: 'a service that is not there',
    plant: () => container('frontend').stop(),
    repair: async () => {
      await container('frontend').start()
      await healthy('frontend')
    },
    lines: [/^frontend: expected a running container but found none$/],
  },
]

const recreate = ['up', '--detach', '--no-build', '--no-deps', 'frontend']

const seed = Number(env.DRIFT_SEED ?? Date.now() % 100_000)
const chosen = sample(cases, Number(env.DRIFT_SAMPLE ?? cases.length), seed)
console.log(
  `${chosen.length} of ${cases.length} deviations (npm run test:drift -- --sample ${chosen.length} --seed ${seed})`,
)

afterAll(async () => {
  for (const { repair } of chosen) await repair().catch(() => {})
})

test('a stack that nobody touched has not drifted', async () => {
  expect(await drift()).toEqual(nothing)
})

// That nothing else is told shows that what the case before planted is forgotten.
test.each(chosen)('$why is found and named', async ({ plant: put, repair, lines }) => {
  await put()
  try {
    const found = await drift()
    expect(found).toEqual({ code: 1, lines: lines.map((line) => expect.stringMatching(line)) })
  } finally {
    await repair()
  }
})

test('after all repairs nothing has drifted', async () => {
  expect(await drift()).toEqual(nothing)
})

test('--watch logs what has drifted and what is repaired', async () => {
  const watch = spawn('node', ['scripts/drift.ts', '--watch', '1'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface(watch.stdout)[Symbol.asyncIterator]()
  const next = async () => JSON.parse((await lines.next()).value ?? 'null')
  const until = async (msg: RegExp) => {
    for (;;) {
      const line = await next()
      if (msg.test(line.msg)) return line
    }
  }
  try {
    expect(await next()).toMatchObject({ level: 'info', service: 'drift', msg: 'looked', deviations: 0 })
    await plant('order-api', 'exec -a pg_dump sleep 300')
    const told = { kind: 'database client', target: 'order-api', found: expect.stringContaining('pg_dump 300') }
    expect(await until(/^drift: order-api: expected no client/)).toMatchObject({ level: 'error', ...told })
    expect(await next()).toMatchObject({ msg: 'looked', deviations: 1 })
    await uproot('order-api')
    expect(await until(/^repaired: /)).toMatchObject({ level: 'info', ...told })
  } finally {
    watch.kill()
    await once(watch, 'close')
    await uproot('order-api')
  }
})

test.each([
  { args: ['--watch', 'soon'], says: 'expected --watch to be followed by seconds but found soon' },
  { args: ['--wath'], says: "Unknown option '--wath'" },
])('$args is refused', async ({ args, says }) => {
  await expect(run('node', 'scripts/drift.ts', ...args)).rejects.toThrow(says)
})
