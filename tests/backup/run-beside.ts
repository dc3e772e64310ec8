import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

type Outcome = { status: number | null; text: string }

/**
 * Runs a command in the repository with these settings, while this process goes on.
 *
 * @param onLine sees each line that it prints when it comes, and may kill it with all that it started
 */
export async function runBeside(
  env: NodeJS.ProcessEnv,
  command: string,
  onLine: (line: string, kill: (signal?: NodeJS.Signals) => void) => void = () => {},
): Promise<Outcome> {
  const child = spawn('bash', ['-c', command], {
    ...{ env: { ...process.env, ...env }, detached: true },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = (signal: NodeJS.Signals = 'SIGKILL') => process.kill(-Number(child.pid), signal)
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      lines.push(line)
      onLine(line, kill)
    })
  }
  const [status] = await once(child, 'close')
  return { status, text: lines.join('\n') }
}
