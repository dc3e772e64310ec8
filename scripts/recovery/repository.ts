import type { Writer } from '../audit/writers.ts'
import { docker, runningContainer } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'

/** A base backup: where a recovery begins. */
export type Base = {
  label: string
  isFull: boolean
  /** In milliseconds: from then on a moment can be brought back with it. */
  completed: number
  /** Which part of the archive goes on from it: a database that was made anew has another. */
  history: string
  firstSegment: string
  lastSegment: string
  /** Of the key that seals the trail in it, see fingerprints.ts. */
  auditKey: string | undefined
}

export type Repository = {
  /** PostgreSQL's own ids of the databases that it has been of. */
  systems: string[]
  /** The oldest first. */
  bases: Base[]
}

type Info = {
  status: { code: number; message: string }
  repo?: { status: { message: string } }[]
  db?: { id: number; version: string; 'system-id': string }[]
  backup?: {
    label: string
    type: string
    error?: boolean
    annotation?: Record<string, string>
    archive: { start: string; stop: string }
    database: { id: number }
    timestamp: { stop: number }
  }[]
}

/** What pgBackRest calls "no valid backups". */
const empty = 2

/** Of a database that runs: what its archive says of itself. */
export async function readRepository(writer: Writer): Promise<Repository> {
  const container = await runningContainer(writer.container)
  const text = await docker('exec', container, 'pgbackrest', 'info', '--output', 'json').catch((error: Failure) => {
    throw new Failure(
      `${writer.container} has no archive: ${error.message}`,
      'set POINT_IN_TIME=on in .env, then npm start',
    )
  })
  return parseInfo(text, writer)
}

/** @param text what `pgbackrest info --output=json` prints */
export function parseInfo(text: string, { database, archiveKey }: Writer): Repository {
  // An id has more digits than a number keeps, and what another key makes of a file is quoted with its control characters.
  const json = text.replace(/"system-id":(\d+)/g, '"system-id":"$1"').replace(/\p{Cc}/gu, ' ')
  const [info] = JSON.parse(json) as Info[]
  const { code, message } = info?.status ?? { code: 1, message: 'nothing in it' }
  if (!info || (code !== 0 && code !== empty)) {
    const what = info?.repo?.[0]?.status.message ?? message
    // What another key makes of it is some error or other.
    if (what.includes('unable to load info file')) {
      throw new Failure(
        `the archive of ${database} does not open with this shop's ${archiveKey}, or is damaged`,
        'put the key that it was made with in its place, then npm start',
      )
    }
    throw new Failure(`the archive of ${database} cannot be used: ${what}`, 'see docker compose logs')
  }
  const { db = [], backup = [] } = info
  const histories = new Map(db.map(({ id, version }) => [id, `${version}-${id}`]))
  return {
    systems: db.map((each) => each['system-id']),
    bases: backup
      // One with an error has pages that were damaged already.
      .filter(({ error }) => !error)
      .map(({ label, type, annotation, archive, database: { id }, timestamp: { stop } }) => ({
        label,
        isFull: type === 'full',
        // It is told without its fraction of a second.
        completed: (stop + 1) * 1_000,
        history: histories.get(id) ?? '',
        firstSegment: archive.start,
        lastSegment: archive.stop,
        auditKey: annotation?.[auditKeyNote],
      })),
  }
}

/** What a base backup is noted with, so that none of another shop is taken. */
export const auditKeyNote = 'audit-key'

/** By their names, the paths of the segments that were archived in a history. */
export async function archivedSegments(writer: Writer, history: string): Promise<Map<string, string>> {
  const container = await runningContainer(writer.container)
  const folder = `archive/shop/${history}`
  const names = await docker('exec', container, 'pgbackrest', 'repo-ls', '--recurse', folder)
  const segments = names.split('\n').flatMap((path) => {
    const [, name] = /\/([0-9A-F]{24})-[0-9a-f]{40}\.gz$/.exec(path) ?? []
    return name ? [[name, `${folder}/${path}`] as const] : []
  })
  return new Map(segments)
}
