import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Failure } from '../stack/failure.ts'

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
    NET_FRONTEND: '172.38.0',
    NET_BACKEND: '172.39.0',
    NET_DATABASE: '172.40.0',
    NET_PAYMENT: '172.41.0',
    BIND_ADDRESS: '127.0.0.1',
    HTTP_PORT: '8580',
    HTTPS_PORT: '8543',
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
