import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { Failure } from './failure.ts'

/**
 * Runs SQL in a database container as its superuser, over the local socket: no password is involved.
 *
 * @param input SQL and, behind a `COPY … FROM stdin`, its lines; taken only as fast as the server reads
 * @returns the lines that psql prints; `onLine` sees each when it comes
 */
export async function psql(
  container: string,
  database: string,
  input: Iterable<string>,
  onLine: (line: string) => void = () => {},
): Promise<string[]> {
  const child = spawn('docker', psqlIn(container, database), { stdio: 'pipe' })
  const complaint = text(child.stderr)
  const lines: string[] = []
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line)
    onLine(line)
  })

  // When psql stops at an error it reads no further; its own complaint says why.
  const [[status]] = await Promise.all([
    once(child, 'close'),
    pipeline(Readable.from(input), child.stdin).catch(() => {}),
  ])
  if (status !== 0) throw new Failure(`${database}: ${(await complaint).trim() || `psql ended with status ${status}`}`)
  return lines
}

/** The arguments of docker for a psql that reads what it is given, prints rows alone, and stops at the first error. */
export function psqlIn(container: string, database: string): string[] {
  const options = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set', 'ON_ERROR_STOP=1']
  return ['exec', '--interactive', container, 'psql', ...options, '--username', 'postgres', '--dbname', database]
}
