import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { stack } from '../stack.ts'

type SlowMode = {
  mode: string
  options: string[]
  path: string
  /** Whether the connections stay open; many ranges are answered at once. */
  holds: boolean
}

/** Ways in which slowhttptest holds a server up. Intervals are shorter than nginx's limits, so that these do not end the attack. */
export const slowModes: SlowMode[] = [
  { mode: 'headers', options: ['-H', '-i', '5', '-x', '24'], path: '/', holds: true },
  { mode: 'bodies', options: ['-B', '-i', '5', '-x', '10', '-s', '8192'], path: '/api/orders', holds: true },
  {
    mode: 'reads',
    options: ['-X', '-w', '10', '-y', '20', '-n', '5', '-z', '10'],
    path: '/unavailable.css',
    holds: true,
  },
  { mode: 'ranges', options: ['-R', '-i', '5', '-a', '5', '-b', '1200'], path: '/favicon.svg', holds: false },
]

/** Holds up the published port by many connections at once. @returns how many were open together at the most */
export async function holdUp(
  { options, path }: SlowMode,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<number> {
  const load = ['-c', String(connections), '-r', '400', '-l', String(seconds), '-p', '3', '-v', '1']
  const args = [...options, ...load, '-u', new URL(path, stack.url).href]
  const { stdout } = await promisify(execFile)('slowhttptest', args, { maxBuffer: 16 * 2 ** 20 })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of its report
  const plain = stdout.replace(/\x1b\[[0-9;]*m/g, '')
  return Math.max(0, ...[...plain.matchAll(/^connected:\s+(\d+)/gm)].map(([, count]) => Number(count)))
}
