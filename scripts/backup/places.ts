import { type Writer, writers } from '../audit/writers.ts'
import { runningContainer } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { psql } from '../stack/psql.ts'

/** What is to take the place of a database. */
export const stagedName = (database: string) => `${database}_restored`
/** What it took the place of: kept until the next restore. */
export const keptName = (database: string) => `${database}_replaced`

/**
 * What brings other databases to their place: as a comment on each that has come there, it tells a later run what was interrupted.
 * The swap in each of the three is one transaction; that all three happen is what a later run sees to.
 */
export type Move = { kind: 'restore' | 'undo'; id: string; backup: string; done: boolean }

/** By name, the databases that are there, with the move that brought them. */
export type Places = Record<string, Record<string, Move | null>>

/** @param containerOf where each database is looked at, if not where it runs */
export async function readPlaces(
  containerOf = ({ container }: Writer) => runningContainer(container),
): Promise<Places> {
  const found = await Promise.all(
    writers.map(async (writer) => {
      const { database } = writer
      const [line = '{}'] = await psql(await containerOf(writer), 'postgres', [
        `select json_object_agg(datname, shobj_description(oid, 'pg_database')) from pg_database
         where datname in ('${database}', '${stagedName(database)}', '${keptName(database)}');`,
      ])
      const comments = Object.entries(JSON.parse(line) as Record<string, string | null>)
      return [database, Object.fromEntries(comments.map(([name, comment]) => [name, parseMove(comment)]))] as const
    }),
  )
  return Object.fromEntries(found)
}

/** A comment of somebody else is none of ours. */
function parseMove(comment: string | null): Move | null {
  try {
    const { move } = JSON.parse(comment ?? '') as { move?: Move }
    return move ?? null
  } catch {
    return null
  }
}

/** The move that was begun in at least one database and not brought to its end. */
export function interruptedMove(places: Places): Move | undefined {
  const current = Object.entries(places).map(([database, found]) => found[database])
  return current.find((move) => move && !move.done) ?? undefined
}

/** Which databases it has still to be done in. @throws Failure where one has not what is to come to its place */
export function stillToMove(places: Places, { kind, id }: Move): string[] {
  const left = Object.keys(places).filter((database) => places[database]?.[database]?.id !== id)
  for (const database of left) {
    const from = kind === 'restore' ? stagedName(database) : keptName(database)
    const found = places[database]?.[from]
    if (found === undefined || (kind === 'restore' && found?.id !== id)) {
      throw new Failure(`expected the database ${from} to take the place of ${database} but found none of this ${kind}`)
    }
  }
  return left
}
