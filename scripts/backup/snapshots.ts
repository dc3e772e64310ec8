import { type Writer, writers } from '../audit/writers.ts'
import { runningContainer } from '../stack/docker.ts'
import { openSession, type Session } from '../stack/session.ts'
import { type Facts, selectFacts } from './facts.ts'

type Snapshot = Facts & { writer: Writer; container: string; id: string }

export type Snapshots = {
  of: Snapshot[]
  takenAt: string
  /** Milliseconds for which orders waited. */
  heldUp: number
}

/**
 * One state of each database, which `pg_dump --snapshot` reads as long as `use` runs.
 *
 * Together they are a state that the shop recovers from by itself, as from a crash: order-api goes first at every step, and its
 * neighbours say again what they decided for an order. So order-db must not be ahead of them, or goods and money that it counts on would be
 * missing, and they must know of no order that it does not have, or what those took would be nobody's. Therefore order-db's snapshot
 * is taken first, and until the others are taken too no order is placed or moves: statements that would wait for some milliseconds.
 */
export async function withSnapshots<Result>(use: (snapshots: Snapshots) => Promise<Result>): Promise<Result> {
  await using sessions = new AsyncDisposableStack()
  const open = async (writer: Writer) => {
    const container = await runningContainer(writer.container)
    const session = sessions.use(openSession(container, writer.database))
    await session.ask('')
    return { writer, container, session }
  }
  const opened = await Promise.all(writers.map(open))
  const gate = sessions.use(openSession(await runningContainer('order-db'), 'orders'))
  await gate.ask(beginBriefly)

  const ids = new Map<Writer, string>()
  const exportFrom = (isWanted: (writer: Writer) => boolean) =>
    Promise.all(
      opened
        .filter(({ writer }) => isWanted(writer))
        .map(async ({ writer, session }) => ids.set(writer, await exportSnapshot(session))),
    )
  const started = performance.now()
  await gate.ask('lock table orders in share mode;')
  const takenAt = new Date().toISOString()
  await exportFrom(({ database }) => database === 'orders')
  await exportFrom(({ database }) => database !== 'orders')
  await gate.ask('commit;')
  const heldUp = performance.now() - started

  const of = await Promise.all(
    opened.map(async ({ writer, container, session }) => {
      const id = ids.get(writer) as string
      return { writer, container, id, ...(await selectFacts(session)) }
    }),
  )
  return await use({ of, takenAt, heldUp })
}

/** Who dies with it lets go after two seconds at the latest. */
const beginBriefly = `begin;
set local lock_timeout = '3s';
set local idle_in_transaction_session_timeout = '2s';`

/**
 * In one question, for a transaction's state is that of its first query, and asking ends with one. It waits for the dump, longer
 * than any other transaction may.
 */
async function exportSnapshot(session: Session): Promise<string> {
  const [id = ''] = await session.ask(`
    begin isolation level repeatable read read only;
    set local idle_in_transaction_session_timeout = 0;
    select pg_export_snapshot();`)
  return id
}
