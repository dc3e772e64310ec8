import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Failure } from '../stack/failure.ts'
import { addressOn, inspectRunning } from './addresses.ts'
import { freePort } from './free-port.ts'
import { createPlainFolder } from './plain/folder.ts'
import { noLimits } from './without-limits.ts'

const execute = promisify(execFile)
const root = new URL('../..', import.meta.url)

export type OwnStack = {
  url: string
  /** Runs a command for it, in the repository. @returns the seconds it took */
  run(...command: [string, ...string[]]): Promise<number>
  /** Of a container, by its role. */
  nameOf(role: string): string
  /** The same on one of the four networks. */
  addressOf(role: string, network: string): Promise<string>
}

/**
 * A stack beside the shop, with the images that are there already; removed afterwards. It is not started. nginx keeps no answers in it,
 * for those would cost nothing of what is measured, unless the settings say so.
 */
export function withOwnStack<Result>(
  use: (stack: OwnStack) => Promise<Result>,
  settings: (folder: string) => NodeJS.ProcessEnv = () => ({}),
): Promise<Result> {
  return withStack(use, (folder) => ({
    COMPOSE_PROJECT_NAME: 'secure-ecommerce-bench',
    ECOM_PREFIX: 'ebench',
    MAC_PREFIX: '02:ec:04',
    ...subnetsFrom(0),
    ...settings(folder),
  }))
}

/** Another one beside that, whose services speak plain HTTP with each other. */
export function withPlainStack<Result>(use: (stack: OwnStack) => Promise<Result>): Promise<Result> {
  return withStack(use, (folder) => {
    const PLAIN_FOLDER = join(folder, 'plain')
    createPlainFolder(PLAIN_FOLDER)
    const COMPOSE_FILE = 'docker-compose.yml:scripts/bench/plain/compose.yml'
    return { ...beside('plain', 1), COMPOSE_FILE, PLAIN_FOLDER }
  })
}

/** One of several others beside that, each at a place of its own, with settings of its own. */
export function withStackBeside<Result>(
  { name, place, settings }: { name: string; place: number; settings: NodeJS.ProcessEnv },
  use: (stack: OwnStack) => Promise<Result>,
): Promise<Result> {
  return withStack(use, () => ({ ...beside(name, place), ...settings }))
}

function beside(name: string, place: number) {
  return {
    COMPOSE_PROJECT_NAME: `secure-ecommerce-bench-${name}`,
    ECOM_PREFIX: `e${name}`,
    MAC_PREFIX: `02:ec:1${place}`,
    ...subnetsFrom(4 * place),
  }
}

function subnetsFrom(first: number) {
  const [NET_FRONTEND, NET_BACKEND, NET_DATABASE, NET_PAYMENT] = [0, 1, 2, 3].map((each) => `10.198.${first + each}`)
  return { NET_FRONTEND, NET_BACKEND, NET_DATABASE, NET_PAYMENT }
}

/** @param settings those that make it a stack of its own; they may use a folder that is removed with it */
async function withStack<Result>(
  use: (stack: OwnStack) => Promise<Result>,
  settings: (folder: string) => { ECOM_PREFIX: string } & NodeJS.ProcessEnv,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'secure-ecommerce-bench-'))
  const port = await freePort()
  const own = settings(folder)
  const env = {
    ...process.env,
    CACHE_SECONDS: '0',
    ...noLimits,
    ...own,
    BIND_ADDRESS: '127.0.0.1',
    AUTH_MODE: 'demo',
    HTTP_PORT: port,
    HTTPS_PORT: await freePort(),
    SECRETS_DIR: join(folder, 'secrets'),
  }
  async function run(...[file, ...args]: [string, ...string[]]): Promise<number> {
    const started = performance.now()
    await execute(file, args, { cwd: root, env, maxBuffer: 16 * 2 ** 20 }).catch(({ stderr, stdout }) => {
      throw new Failure(`${[file, ...args].join(' ')} failed:\n${(stderr || stdout).trim()}`)
    })
    return Math.round((performance.now() - started) / 100) / 10
  }
  const nameOf = (role: string) => `${own.ECOM_PREFIX}-${role}`
  const addressOf = async (role: string, network: string) => addressOn(await inspectRunning(nameOf(role)), network)
  const remove = () => run('docker', 'compose', 'down', '--volumes', '--timeout', '2')

  await remove()
  try {
    return await use({ url: `http://127.0.0.1:${port}`, run, nameOf, addressOf })
  } finally {
    await run('bash', 'scripts/stop.sh').catch(() => {}) // takes the packet filter's rules along
    await remove()
    rmSync(folder, { recursive: true, force: true })
  }
}
