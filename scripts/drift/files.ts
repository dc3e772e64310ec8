import type { Deviation } from './deviation.ts'

const kinds: Record<string, string> = { A: 'added', C: 'changed', D: 'removed' }

/**
 * What was written below a root that is read-only.
 *
 * @param changes lines of "docker diff", such as `C /etc`
 * @param mounts where something is mounted: Docker makes those folders and files itself, and what is above them
 */
export function fileDeviations(target: string, changes: string[], mounts: string[]): Deviation[] {
  const isMountPoint = (path: string) => mounts.some((mount) => mount === path || mount.startsWith(`${path}/`))
  return (
    changes
      .map((line) => ({ kind: line.slice(0, 1), path: line.slice(2) }))
      .filter(({ kind, path }) => kind === 'D' || !isMountPoint(path))
      // A folder changes by what is written into it.
      .filter(({ kind, path }, _index, all) => kind !== 'C' || !all.some((other) => other.path.startsWith(`${path}/`)))
      .map(({ kind, path }) => ({
        kind: 'write',
        target,
        expected: 'nothing written, for its root is read-only,',
        found: `${path} ${kinds[kind] ?? kind}`,
      }))
  )
}
