import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Failure } from '../stack/failure.ts'
import { parseRound, type Round } from './round.ts'

const execute = promisify(execFile)

/** What to send: GET of the paths, with a cookie where the cache is to have no part in it, POST of the bodies with an Idempotency-Key each, or whole requests; a random one every time. */
export type Requests =
  | { method: 'GET'; paths: string[]; cookie?: string }
  | { method: 'POST'; path: string; bodies: string[] }
  | { method: 'MIX'; mix: MixedRequest[] }

/** As a browser sends it; a POST gets an Idempotency-Key of its own. */
export type MixedRequest = { method: 'GET' | 'POST'; path: string; cookie?: string; type?: string; body?: string }

export type Load = {
  connections: number
  seconds: number
  signal: AbortSignal
  /** The number of the one on which it runs; without it, on any. */
  processor?: number | undefined
}

let runs = 0

/** Loads one server from one thread, for a limited time, and says how it went. */
export async function runWrk(baseUrl: string, requests: Requests, load: Load): Promise<Round> {
  const url = requests.method === 'POST' ? baseUrl + requests.path : baseUrl
  const last = requests.method === 'GET' ? requests.cookie : `bench-${process.pid}-${Date.now()}-${++runs}`
  const words = (file: string) => [requests.method, file, ...(last ? [last] : [])]
  return parseRound(await runLua('load.lua', url, linesOf(requests), load, words))
}

/** Loads it with whole requests in the way of another script of this folder. @returns what wrk and the script print */
export function runScriptOfWrk(
  script: string,
  url: string,
  mix: MixedRequest[],
  load: Load,
  settings: string[],
): Promise<string> {
  return runLua(script, url, linesOf({ method: 'MIX', mix }), load, (file) => [file, ...settings])
}

async function runLua(
  name: string,
  url: string,
  lines: string[],
  { connections, seconds, signal, processor }: Load,
  argumentsOf: (file: string) => string[],
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'secure-ecommerce-bench-'))
  const file = join(folder, 'requests.txt')
  const script = fileURLToPath(new URL(name, import.meta.url))
  try {
    writeFileSync(file, `${lines.join('\n')}\n`)
    const options = ['--threads', '1', '--connections', String(connections), '--duration', `${seconds}s`]
    const args = [...options, '--timeout', '5s', '--script', script, url, '--', ...argumentsOf(file)]
    const command = ['wrk', ...args]
    if (processor !== undefined) command.unshift('taskset', '--cpu-list', String(processor))
    const { stdout } = await execute('env', command, { signal }).catch((error) => {
      throw new Failure(
        `wrk could not load ${url}: ${(error.stderr || error.stdout || error.message).trim()}`,
        'npm start',
      )
    })
    return stdout
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function linesOf(requests: Requests): string[] {
  if (requests.method === 'GET') return requests.paths
  if (requests.method === 'POST') return requests.bodies
  return requests.mix.map(({ method, path, cookie = '', type = '', body = '' }) =>
    [method, path, cookie, type, body].join('\t'),
  )
}

/**
 * Makes sure that wrk is there. On Debian and Ubuntu root gets it from the distribution, after saying so; anybody else gets the next step.
 */
export async function ensureWrk(): Promise<void> {
  if (await isInstalled('wrk')) return
  if (process.getuid?.() !== 0 || !(await isInstalled('apt-get'))) {
    throw new Failure(
      'expected wrk, which makes the load, but did not find it',
      'sudo apt-get install wrk (Debian, Ubuntu), brew install wrk (macOS)',
    )
  }
  console.log('Installing wrk, which makes the load, from this system’s packages …')
  try {
    await execute('apt-get', ['update'])
    await execute('apt-get', ['install', '--yes', '--no-install-recommends', 'wrk'], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  } catch (error) {
    throw new Failure(
      `apt-get could not install wrk: ${(error as Error).message.trim().split('\n').at(-1)}`,
      'apt-get install wrk',
    )
  }
}

/** Whether it can be started; what it makes of the option does not matter. */
function isInstalled(command: string): Promise<boolean> {
  return execute(command, ['--version']).then(
    () => true,
    (error) => error.code !== 'ENOENT',
  )
}
