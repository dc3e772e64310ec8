import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Failure } from '../stack/failure.ts'
import { freePort } from './free-port.ts'
import { say } from './session.ts'

const execute = promisify(execFile)
const root = new URL('../..', import.meta.url)

export type Starts = { cold: number; warm: number; unchanged: number }

/**
 * Seconds until all is healthy, measured on a stack of its own beside the shop, with the images that are there already:
 * cold = no secrets, containers or data; warm = after npm stop; unchanged = while it runs.
 */
export async function measureStarts(): Promise<Starts> {
  const folder = mkdtempSync(join(tmpdir(), 'secure-ecommerce-bench-'))
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
    HTTP_PORT: await freePort(),
    HTTPS_PORT: await freePort(),
    SECRETS_DIR: join(folder, 'secrets'),
  }
  const run = async (...command: [string, ...string[]]) => {
    const started = performance.now()
    const [file, ...args] = command
    await execute(file, args, { cwd: root, env, maxBuffer: 16 * 2 ** 20 }).catch(({ stderr, stdout }) => {
      throw new Failure(`${command.join(' ')} failed:\n${(stderr || stdout).trim()}`)
    })
    return Math.round((performance.now() - started) / 100) / 10
  }
  const remove = () => run('docker', 'compose', 'down', '--volumes', '--timeout', '2')

  say('starting a stack of its own, three times')
  await remove()
  try {
    const cold = await run('bash', 'scripts/start.sh')
    await run('bash', 'scripts/stop.sh')
    const warm = await run('bash', 'scripts/start.sh')
    const unchanged = await run('bash', 'scripts/start.sh')
    return { cold, warm, unchanged }
  } finally {
    await remove()
    rmSync(folder, { recursive: true, force: true })
  }
}
