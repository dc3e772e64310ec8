import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { Writer } from '../audit/writers.ts'
import { runningContainer } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { psql } from '../stack/psql.ts'
import { openSession } from '../stack/session.ts'
import { type Facts, selectFacts } from './facts.ts'
import { stagedName } from './places.ts'

/** Loads a dump into a database beside the shop's, where no service gets in, and sees that it is what was dumped. */
export async function stage(
  { container: role, database }: Writer,
  plain: AsyncIterable<Buffer>,
  expected: Facts,
): Promise<void> {
  const container = await runningContainer(role)
  const staged = stagedName(database)
  // No DETAIL in the log, which would quote rows, should one not be taken.
  await psql(container, 'postgres', [
    `drop database if exists ${staged} with (force);
     create database ${staged} owner ${database}_owner;
     alter database ${staged} set log_error_verbosity = terse;
     revoke all on database ${staged} from public;`,
  ])
  await load(container, staged, plain)
  // What autovacuum would do in a while: until then the first customers would wait for it.
  await psql(container, staged, ['vacuum (analyze);'])

  await using session = openSession(container, staged)
  const found = await selectFacts(session)
  if (found.head.hmac !== expected.head.hmac || found.migrations.length !== expected.migrations.length) {
    throw new Failure(`${database}: what was loaded is not what the backup says of itself`)
  }
}

/** In one transaction, so that tables that are new in it need no log to be written ahead. */
async function load(container: string, staged: string, plain: AsyncIterable<Buffer>): Promise<void> {
  const options = ['--exit-on-error', '--single-transaction', '--username', 'postgres', '--dbname', staged]
  const child = spawn('docker', ['exec', '--interactive', container, 'pg_restore', ...options], { stdio: 'pipe' })
  const [complaint, closed] = [text(child.stderr), once(child, 'close')]
  child.stdout.resume()
  const sent = await pipeline(plain, child.stdin).catch((error: Error) => error)
  const [status] = await closed
  if (sent instanceof Failure) throw sent
  if (status !== 0) throw new Failure(`${container}: ${(await complaint).trim() || `pg_restore ended with ${status}`}`)
}
