import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Failure } from '../stack/failure.ts'
import { freePort } from './free-port.ts'

const execute = promisify(execFile)
const root = new URL('../..', import.meta.url)

export type OwnStack = {
  url: string
  /** Runs a command for it, in the repository. @returns the seconds it took */
  run(...command: [string, ...string[]]): Promise<number>
}

/** A stack beside the shop, with the images that are there already; removed afterwards. It is not started. */
export async function withOwnStack<Result>(use: (stack: OwnStack) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'secure-ecommerce-bench-'))
  const port = await freePort()
  const env = {
    ...process.env,
    COMPOSE_PROJECT_NAME: 'secure-ecommerce-bench',
    ECOM_PREFIX: 'ebench',
    MAC_PREFIX: '02:ec:04',
    NET_FRONTEND: '10.198.0',
    NET_BACKEND: '10.198.1',
    NET_DATABASE: '10.198.2',
    NET_PAYMENT: '10.198.3',
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
  const remove = () => run('docker', 'compose', 'down', '--volumes', '--timeout', '2')

  await remove()
  try {
    return await use({ url: `http://127.0.0.1:${port}`, run })
  } finally {
    await run('bash', 'scripts/stop.sh').catch(() => {}) // takes the packet filter's rules along
    await remove()
    rmSync(folder, { recursive: true, force: true })
  }
}
