import { type Writer, writers } from '../audit/writers.ts'
import { type Facts, selectFacts } from '../backup/facts.ts'
import { takeFingerprints } from '../backup/fingerprints.ts'
import { dump } from '../backup/part.ts'
import { interruptedMove, readPlaces } from '../backup/places.ts'
import { allEnded } from '../stack/all-ended.ts'
import { runningContainer } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { psql } from '../stack/psql.ts'
import { openSession } from '../stack/session.ts'
import { archiveNow } from './archive-now.ts'
import { readStretches } from './read-stretches.ts'
import { type Recovered, recover, recoveryContainer } from './recovered.ts'
import { type Base, type Repository, readRepository } from './repository.ts'
import { baseFor, commonRanges, newest } from './stretches.ts'

type Start = { writer: Writer; base: Base }

/**
 * From which base backup each database is brought to a moment.
 *
 * @throws Failure where one cannot be, or its archive is of another shop or of another database, or does not open
 */
export async function findStarts(moment: Date): Promise<Start[]> {
  const prints = await takeFingerprints()
  const found = await Promise.all(
    writers.map(async (writer) => {
      const repository = await readRepository(writer)
      await refuseForeign(writer, repository, prints[writer.key])
      if (!(await archiveNow(writer))) console.log(`${writer.database}: its archive is behind; see npm run status`)
      return { writer, stretches: await readStretches(writer, repository) }
    }),
  )
  const starts = found.flatMap(({ writer, stretches }) => {
    const base = baseFor(moment.getTime(), stretches)
    return base ? [{ writer, base }] : []
  })
  if (starts.length === writers.length) return starts
  const ranges = commonRanges(found.map(({ stretches }) => stretches))
  if (ranges.length === 0)
    throw new Failure('the archive has no moment that can be brought back', 'scripts/backup.sh --base')
  const told = ranges.map(({ from, until }) => `${iso(from)} to ${iso(until)}`).join(' or ')
  throw new Failure(`expected a moment of ${told} but found ${moment.toISOString()}`)
}

const iso = (time: number) => new Date(time).toISOString()

/** The newest base backup tells whose it is: an archive has one owner, and its key is in no other. */
async function refuseForeign(writer: Writer, { systems, bases }: Repository, print?: string): Promise<void> {
  const { database, container, key } = writer
  const [system = ''] = await psql(await runningContainer(container), 'postgres', [
    'select system_identifier from pg_control_system();',
  ])
  if (!systems.includes(system)) {
    throw new Failure(
      `the archive of ${database} is of another database: it knows ${systems.join(', ')}, and this one is ${system}`,
      'give each database the volume that is its own',
    )
  }
  const base = newest(bases)
  if (base && base.auditKey !== print) {
    throw new Failure(
      `the archive of ${database} is of another shop: its ${key} is not this one's`,
      'put the secrets that it was made with in their place, then npm start',
    )
  }
}

/**
 * All three at one moment. That is one state of the shop, as snapshots.ts has it: the databases have one clock, and what one did because of
 * another it did later. So what is known of an order anywhere, order-db knows too, and nothing is missing on which it counts.
 */
export async function recoverAll(starts: Start[], moment: Date) {
  await using stack = new AsyncDisposableStack()
  const recovering = starts.map(async ({ writer, base }) => {
    console.log(`${writer.database}: going on from the base backup ${base.label} …`)
    const recovered = stack.use(await recover(writer, base, moment))
    console.log(`${writer.database}: as of ${moment.toISOString()}`)
    return recovered
  })
  const all = await allEnded(recovering)
  const restoring = interruptedMove(await readPlaces(async (writer) => recoveryContainer(writer)))
  if (restoring) {
    throw new Failure(
      `at ${moment.toISOString()} a ${restoring.kind} of ${restoring.backup} was under way`,
      'take a moment before or after it',
    )
  }
  const databases = Object.fromEntries(await Promise.all(all.map(factsOf)))
  const sources = new Map(all.map((recovered) => [recovered.writer.database, recovered]))
  const own = stack.move()
  return {
    databases,
    read: (database: string) => dump(sources.get(database) as Recovered),
    [Symbol.asyncDispose]: () => own.disposeAsync(),
  }
}

async function factsOf({ writer, container }: Recovered): Promise<[string, Facts]> {
  await using session = openSession(container, writer.database)
  return [writer.database, await selectFacts(session)]
}
