import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Failure, failuresIn, type JsonReport } from './model/failures.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const ofThisRunner = ([name]: [string, unknown]) => !name.startsWith('VITEST') && name !== 'NODE_ENV'

/**
 * Runs the real suite as users do, in a process of its own, and returns what failed.
 *
 * @param tests its files that are run; without any, all of them
 */
export async function runSuite(
  suite: string,
  tests: string[] = [],
  environment: NodeJS.ProcessEnv = {},
): Promise<Failure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sabotage-'))
  try {
    const file = join(folder, 'report.json')
    const env = {
      ...Object.fromEntries(Object.entries(process.env).filter(ofThisRunner)),
      REPORTS_DIR: folder,
      ...environment,
    }
    const args = ['run', '--project', suite, '--reporter=json', `--outputFile=${file}`, ...tests]
    const child = spawn('vitest', args, { cwd: root, env })
    let printed = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk))
    await once(child, 'close')
    const report = await readFile(file, 'utf8').catch(() => {
      throw new Error(`expected a report of suite ${suite}, but it ended with: ${printed.slice(-2_000)}`)
    })
    return failuresIn(JSON.parse(report) as JsonReport)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
