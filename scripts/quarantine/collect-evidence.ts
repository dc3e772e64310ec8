import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { docker } from '../stack/docker.ts'

/** Read from outside but for the connections, which are a file of the kernel. Nothing of the container's own programs runs but cat. */
const questions: Record<string, (container: string) => string[]> = {
  'inspect.json': (container) => ['inspect', container],
  'processes.txt': (container) => ['top', container, '-eo', 'pid,ppid,uid,lstart,args'],
  'connections.txt': (container) => ['exec', container, 'cat', '/proc/net/tcp', '/proc/net/tcp6', '/proc/net/udp'],
  'changed-files.txt': (container) => ['diff', container],
  'log.txt': (container) => ['logs', '--timestamps', container],
}

/**
 * Keeps what a look into the container shows now, with the digest of each file in SHA256SUMS, as sha256sum(1) checks it. What could not
 * be had is told in its file instead.
 *
 * @returns the folder, which only the user may open
 */
export async function collectEvidence(container: string): Promise<string> {
  const folder = join('reports', 'quarantine', `${container}-${new Date().toISOString().replaceAll(':', '-')}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const sums = await Promise.all(
    Object.entries(questions).map(async ([file, question]) => {
      const text = await docker(...question(container)).catch((error: Error) => `could not be had: ${error.message}\n`)
      await writeFile(join(folder, file), text, { mode: 0o600 })
      return `${createHash('sha256').update(text).digest('hex')}  ${file}\n`
    }),
  )
  await writeFile(join(folder, 'SHA256SUMS'), sums.join(''), { mode: 0o600 })
  return folder
}
