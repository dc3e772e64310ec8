// What scripts/restore.sh runs, one at a time.
import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { placeIn, writeDown } from './audit/operator-trail.ts'
import { writers } from './audit/writers.ts'
import { acceptTrails } from './backup/accept-trails.ts'
import type { Facts } from './backup/facts.ts'
import { takeFingerprints } from './backup/fingerprints.ts'
import { readBackupKey } from './backup/key.ts'
import { knownMigrations } from './backup/known-migrations.ts'
import { markDone, markStaged, moveDatabases } from './backup/move.ts'
import { openBackup, readDump } from './backup/open-backup.ts'
import { interruptedMove, keptName, type Move, readPlaces } from './backup/places.ts'
import { refuseForeign, refuseNewer } from './backup/refusals.ts'
import { restoreOptions } from './backup/restore-options.ts'
import { refuseCopies, servicesHealthy, startServices, stopServices } from './backup/services.ts'
import { stage } from './backup/stage.ts'
import { findStarts, recoverAll } from './recovery/recover-all.ts'
import { allEnded } from './stack/all-ended.ts'
import { Failure, runScript } from './stack/failure.ts'
import { auditFolder, secretsFolder } from './stack/folders.ts'
import { setting } from './stack/settings.ts'

const project = setting('COMPOSE_PROJECT_NAME', 'secure-ecommerce')
const started = performance.now()

/** What is to take the place of what is there. */
type Source = {
  name: string
  takenAt: string
  databases: Record<string, Facts>
  read: (database: string) => AsyncIterable<Buffer>
}

await runScript(async () => {
  const { wanted, yes } = restoreOptions(process.argv.slice(2))
  await refuseCopies()
  const places = await readPlaces()
  const interrupted = interruptedMove(places)
  if (interrupted) return finish(interrupted, wanted.name)
  if ('undo' in wanted) return exchange(yes)
  if ('moment' in wanted) return restoreMoment(wanted.moment, wanted.name, yes)
  return restoreFile(wanted.file, wanted.name, yes)
})

async function restoreFile(file: string, name: string, yes: boolean): Promise<void> {
  const key = readBackupKey()
  const { takenAt, databases, secrets } = await openBackup(file, key)
  refuseForeign({ secrets }, await takeFingerprints())
  refuseNewer({ databases }, await knownMigrations())
  await ask(yes, `This puts the products, orders and payments of ${takenAt} in the place of those of ${project}`)
  await restore({ name, takenAt, databases, read: (database) => readDump(file, database, key) })
}

/** The shop goes on while its databases are made as they were, beside it; only what is loaded then replaces its own. */
async function restoreMoment(moment: Date, name: string, yes: boolean): Promise<void> {
  const starts = await findStarts(moment)
  await ask(yes, `This puts the products, orders and payments of ${name} in the place of those of ${project}`)
  await using recovered = await recoverAll(starts, moment)
  const { databases, read } = recovered
  refuseNewer({ databases }, await knownMigrations())
  await restore({ name, takenAt: name, databases, read })
}

/** Until databases are swapped the ones before are in their place, and whatever fails, the services go on with them. */
async function restore({ name, takenAt, databases, read }: Source): Promise<void> {
  const move: Move = { kind: 'restore', id: new Date().toISOString(), backup: name, done: false }
  await whileStopped(async (told) => {
    const loads = writers.map(async (writer) => {
      const expected = databases[writer.database]
      if (!expected) throw new Failure(`${name} has no ${writer.database}`)
      await stage(writer, read(writer.database), expected)
      console.log(`${writer.database}: loaded`)
    })
    await allEnded(loads)
    // By then the services are at work again, with what is there.
    told.throwIfAborted()
    note('backup.restored', move, { taken_at: takenAt })
    await markStaged(move)
  })
  await settle(move)
  console.log(
    `The state of ${takenAt} is there, in ${seconds()} s. The one before stays beside it until the next restore:`,
  )
  console.log('  scripts/restore.sh --undo   brings it back')
  console.log('  npm run audit -- verify     holds the restored trail against its keys')
}

async function exchange(yes: boolean): Promise<void> {
  const places = await readPlaces()
  const [first] = writers
  const missing = writers.find(({ database }) => places[database]?.[keptName(database)] === undefined)
  if (missing)
    throw new Failure(
      `expected what a restore replaced but found no ${keptName(missing.database)}`,
      'scripts/restore.sh FILE, or --to MOMENT',
    )
  const backup = places[first.database]?.[first.database]?.backup ?? 'a backup'
  const move: Move = { kind: 'undo', id: new Date().toISOString(), backup, done: false }
  await ask(
    yes,
    `This puts back what the last restore of ${project} replaced; what is there now takes its place beside it`,
  )
  await whileStopped(async () => note('backup.undone', move, {}))
  await settle(move)
  console.log(
    `The state before the restore of ${backup} is there, in ${seconds()} s; --undo again brings the other back`,
  )
}

/** A run before this one came to swap databases, so that is what is ended first. */
async function finish(move: Move, wanted: string): Promise<void> {
  console.log(`The ${move.kind} of ${move.backup} was interrupted; it is gone on with`)
  await stopServices()
  await settle(move)
  console.log(`It is finished, in ${seconds()} s`)
  if (wanted !== (move.kind === 'undo' ? 'undo' : move.backup)) {
    throw new Failure('what was asked for has not been begun', 'run this again')
  }
}

/** Once a database is swapped the only way is ahead: when it is interrupted, the next run finishes it. */
async function settle(move: Move): Promise<void> {
  try {
    await moveDatabases(move)
    console.log('Starting product-api, order-api and payment-api …')
    await startServices()
    await acceptTrails(move.kind === 'restore' ? `restored ${move.backup}` : `undid the restore of ${move.backup}`)
    await servicesHealthy()
    await markDone(move)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    if (interruptedMove(await readPlaces())) throw new Failure(error.message, 'run this again: it goes on from here')
    await startServices()
    note('backup.kept', move, {})
    throw error
  }
}

/** @param change may be left behind when the process is told to end: then it has to leave all as it is */
async function whileStopped(change: (told: AbortSignal) => Promise<void>): Promise<void> {
  console.log('Stopping product-api, order-api and payment-api …')
  // Ctrl-C ends what is running, and that is told below; who is told to end in another way does the same.
  process.on('SIGINT', () => {})
  const told = new AbortController()
  for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => told.abort(new Failure(`told to end by ${name}`)))
  try {
    await stopServices()
    told.signal.throwIfAborted()
    await Promise.race([change(told.signal), aborted(told.signal)])
  } catch (error) {
    // To start one that is stopping yet would do nothing.
    await stopServices()
      .then(startServices)
      .catch(({ message }: Error) => console.error(`They could not be started again: ${message}`))
    throw error
  }
}

async function aborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort')
  throw signal.reason
}

function note(action: string, { backup }: Move, details: Record<string, unknown>): void {
  writeDown(placeIn(auditFolder(), secretsFolder()), { action, subject: 'backup', subject_id: backup, details })
}

async function ask(yes: boolean, what: string): Promise<void> {
  if (yes) return
  console.log(`${what}.\nOrders placed since are not in it, also where they were paid. None is taken meanwhile.`)
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await Promise.race([
    terminal.question('Type the name of the project to go on: '),
    new Promise<string>((resolve) => terminal.once('close', () => resolve(''))),
  ])
  terminal.close()
  if (answer !== project)
    throw new Failure(`expected ${project} but found "${answer}"; nothing was changed`, '--yes does not ask')
}

function seconds(): string {
  return ((performance.now() - started) / 1_000).toFixed(1)
}
