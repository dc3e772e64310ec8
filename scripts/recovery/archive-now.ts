import { setTimeout as sleep } from 'node:timers/promises'
import type { Writer } from '../audit/writers.ts'
import { runningContainer } from '../stack/docker.ts'
import { psql } from '../stack/psql.ts'

const patience = 20_000

/** Brings the archive of a database that runs up to now, with a commit behind which whatever is asked for lies. @returns whether it came to that */
export async function archiveNow({ container: role }: Writer): Promise<boolean> {
  const container = await runningContainer(role)
  await psql(container, 'postgres', ['select pg_current_xact_id();'])
  const [segment] = await psql(container, 'postgres', ['select pg_walfile_name(pg_switch_wal());'])
  const deadline = Date.now() + patience
  for (;;) {
    const [done] = await psql(container, 'postgres', [
      `select coalesce(last_archived_wal >= '${segment}', false) from pg_stat_archiver;`,
    ])
    if (done === 't') return true
    if (Date.now() > deadline) return false
    await sleep(200)
  }
}
