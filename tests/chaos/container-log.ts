import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { stack } from '../stack.ts'

const run = promisify(execFile)
const reports = process.env.REPORTS_DIR ?? fileURLToPath(new URL('../../reports', import.meta.url))

export type LogLine = { at: number; text: string }

/** What a container wrote since `since` (Unix milliseconds), over all its lives, each line with the time Docker had it. */
export async function logOf(name: string, since = 0): Promise<LogLine[]> {
  const from = (since / 1_000).toFixed(3)
  const { stdout, stderr } = await run('docker', ['logs', '--timestamps', '--since', from, `${stack.prefix}-${name}`], {
    maxBuffer: 256 * 1024 ** 2,
  })
  return `${stdout}${stderr}`
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const end = line.indexOf(' ')
      return { at: Date.parse(line.slice(0, end)), text: line.slice(end + 1) }
    })
}

const answers = /"msg":"listening"|ready to accept connections/

/** When a service began to answer. A database does twice a start: first on a socket of its own, to bring itself up to date. */
export async function returnsOf(name: string, since: number): Promise<number[]> {
  return (await logOf(name, since)).filter(({ text }) => answers.test(text)).map(({ at }) => at)
}

/** Keeps what containers wrote where it outlives them. @returns the folder */
export async function saveLogs(names: string[], since: number): Promise<string> {
  const folder = join(reports, 'chaos')
  await mkdir(folder, { recursive: true })
  for (const name of names) {
    const lines = await logOf(name, since)
    await writeFile(
      join(folder, `${name}.log`),
      lines.map(({ at, text }) => `${new Date(at).toISOString()} ${text}\n`).join(''),
    )
  }
  return folder
}
