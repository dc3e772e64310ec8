import { type Writer, writers } from '../audit/writers.ts'
import { archivedSegments, readRepository } from '../recovery/repository.ts'
import { withoutGap } from '../recovery/segments.ts'
import { newest } from '../recovery/stretches.ts'
import { runningContainer } from '../stack/docker.ts'
import { psql } from '../stack/psql.ts'
import type { Line } from './line.ts'

type Archiver = {
  /** Of the segment that was taken last. */
  age: number | null
  failing: boolean
}

/** For each database whether what is written there arrives in its archive, and from where a recovery would begin. */
export async function momentLines(): Promise<Line[]> {
  return Promise.all(
    writers.map(async (writer) => {
      const unknown = ({ message }: Error): Line => ({ text: message, alarm: true })
      const [archiver, base] = await Promise.all([readArchiver(writer), describeBase(writer).catch(unknown)])
      const taken = archiver.age === null ? 'nothing archived yet' : `archived ${archiver.age} s ago`
      // Even where nobody buys, something is written every five minutes and goes within one more.
      const late = archiver.failing || archiver.age === null || archiver.age > 900
      const failing = archiver.failing ? ', and it fails since' : ''
      return { text: `${writer.database}: ${taken}${failing}; ${base.text}`, alarm: late || base.alarm === true }
    }),
  )
}

async function readArchiver({ container }: Writer): Promise<Archiver> {
  const [line = '{}'] = await psql(await runningContainer(container), 'postgres', [
    `select json_build_object(
       'age', extract(epoch from now() - last_archived_time)::int,
       'failing', coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false))
     from pg_stat_archiver;`,
  ])
  return JSON.parse(line) as Archiver
}

/** An alarm where there is none, it is older than two days, or not all that followed was taken. */
async function describeBase(writer: Writer): Promise<Line> {
  const base = newest((await readRepository(writer)).bases)
  if (!base) return { text: 'no base backup: scripts/backup.sh --base', alarm: true }
  const segments = [...(await archivedSegments(writer, base.history)).keys()].toSorted()
  if (withoutGap(base.firstSegment, new Set(segments)).at(-1) !== segments.at(-1)) {
    return { text: 'something was not archived since the last base backup: scripts/backup.sh --base', alarm: true }
  }
  const hours = Math.floor((Date.now() - base.completed) / 3_600_000)
  return { text: `base backup ${Math.max(0, hours)} hours old`, alarm: hours >= 48 }
}
