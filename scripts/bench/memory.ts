import { docker } from '../stack/docker.ts'
import { sum } from './statistics.ts'

/** Bytes by container. */
export type Memory = Record<string, number>

/**
 * What the containers use now: `docker stats`, which is the cgroup's memory (processes, kernel, page cache) without the file cache
 * that nobody used lately.
 */
export async function memoryOf(containers: string[]): Promise<Memory> {
  return parseStats(await docker('stats', '--no-stream', '--format', '{{.Name}}\t{{.MemUsage}}', ...containers))
}

/** Reads lines of name, tab, and usage as in `45.3MiB / 128MiB`. */
export function parseStats(output: string): Memory {
  return Object.fromEntries(
    output
      .trim()
      .split('\n')
      .map((line) => {
        const [name = '', usage = ''] = line.split('\t')
        return [name, bytes(usage.split(' / ')[0] ?? '')] as const
      }),
  )
}

/** Of several samples the one that is largest in sum: the containers need not all be at their largest at once. */
export function largest(samples: Memory[]): Memory {
  return samples.toSorted((a, b) => total(b) - total(a))[0] ?? {}
}

export function total(memory: Memory): number {
  return sum(Object.values(memory))
}

const units: Record<string, number> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 }

function bytes(text: string): number {
  const [, amount, unit = ''] = /^([\d.]+)([A-Za-z]+)$/.exec(text.trim()) ?? []
  return Math.round(Number(amount) * (units[unit] ?? Number.NaN))
}
