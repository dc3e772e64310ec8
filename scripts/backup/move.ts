import { type Writer, writers } from '../audit/writers.ts'
import { docker, runningContainer } from '../stack/docker.ts'
import { psql } from '../stack/psql.ts'
import { keptName, type Move, readPlaces, stagedName, stillToMove } from './places.ts'

/** Says of what was staged which move it is for: from then on that can be gone on with. */
export async function markStaged(move: Move): Promise<void> {
  await inEach(({ database }) => comment(stagedName(database), move))
}

/** Brings the databases to their places, those in which it was not done yet. No service may be at work. */
export async function moveDatabases(move: Move): Promise<void> {
  const left = stillToMove(await readPlaces(), move)
  for (const { container, database } of writers.filter((writer) => left.includes(writer.database))) {
    console.log(`Swapping ${database} …`)
    await psql(await runningContainer(container), 'postgres', [
      endSessions(database),
      move.kind === 'restore' ? replace(database) : exchange(database, move),
    ])
  }
  await Promise.all(writers.map(async ({ container }) => bringUpToDate(await runningContainer(container))))
}

export async function markDone(move: Move): Promise<void> {
  await inEach(({ database }) => comment(database, { ...move, done: true }))
}

async function inEach(statement: (writer: Writer) => string): Promise<void> {
  const run = async (writer: Writer) => psql(await runningContainer(writer.container), 'postgres', [statement(writer)])
  await Promise.all(writers.map(run))
}

/** Rights on the database itself, which no dump has, and the migrations since. The same as at every start. */
async function bringUpToDate(container: string): Promise<void> {
  const target = ['--username', 'postgres', '--dbname', 'postgres']
  await docker('exec', container, 'psql', '--no-psqlrc', '--quiet', ...target, '--file', '/database/roles.sql')
  await docker('exec', container, 'migrate')
}

const endSessions = (database: string) => `
select pg_terminate_backend(pid, 5000) from pg_stat_activity
where datname in ('${database}', '${stagedName(database)}', '${keptName(database)}');`

const replace = (database: string) => `
drop database if exists ${keptName(database)};
begin;
alter database ${database} rename to ${keptName(database)};
alter database ${stagedName(database)} rename to ${database};
commit;`

const exchange = (database: string, move: Move) => `
begin;
alter database ${database} rename to ${database}_exchanged;
alter database ${keptName(database)} rename to ${database};
alter database ${database}_exchanged rename to ${keptName(database)};
${comment(database, move)}
commit;`

/** Its parts are names of ours and of a file: a quote in that is doubled. */
function comment(name: string, move: Move): string {
  return `comment on database ${name} is '${JSON.stringify({ move }).replaceAll("'", "''")}';`
}
