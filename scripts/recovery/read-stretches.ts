import type { Writer } from '../audit/writers.ts'
import { newestCommit } from './newest-commit.ts'
import { archivedSegments, type Base, type Repository } from './repository.ts'
import { withoutGap } from './segments.ts'
import type { Stretch } from './stretches.ts'

/** What a database's archive can bring back, as it is now. */
export async function readStretches(writer: Writer, { bases }: Repository): Promise<Stretch[]> {
  const stretches: Stretch[] = []
  for (const [history, own] of Map.groupBy(bases, (base) => base.history)) {
    const paths = await archivedSegments(writer, history)
    for (const [row, ending] of byEnd(own, new Set(paths.keys()))) {
      const until = await newestCommit(writer, row, paths)
      if (until !== undefined) stretches.push({ bases: ending, until })
    }
  }
  return stretches
}

/** By the segments that follow, the base backups that share their end. One whose own segments are not all there is of no use. */
function byEnd(bases: Base[], archived: ReadonlySet<string>): Map<string[], Base[]> {
  const rows = new Map<string, { row: string[]; bases: Base[] }>()
  for (const base of bases) {
    const row = withoutGap(base.firstSegment, archived)
    const end = row.at(-1)
    if (end === undefined || !row.includes(base.lastSegment)) continue
    rows.set(end, { row, bases: [...(rows.get(end)?.bases ?? []), base] })
  }
  return new Map([...rows.values()].map(({ row, bases: ending }) => [row, ending]))
}
