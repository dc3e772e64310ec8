// What scripts/restore.sh runs, one at a time.
import { basename } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { placeIn, writeDown } from './audit/operator-trail.ts'
import { writers } from './audit/writers.ts'
import { acceptTrails } from './backup/accept-trails.ts'
import { takeFingerprints } from './backup/fingerprints.ts'
import { readBackupKey } from './backup/key.ts'
import { knownMigrations } from './backup/known-migrations.ts'
import type { Manifest } from './backup/manifest.ts'
import { markDone, markStaged, moveDatabases } from './backup/move.ts'
import { openBackup, readDump } from './backup/open-backup.ts'
import { interruptedMove, keptName, type Move, readPlaces } from './backup/places.ts'
import { refuseForeign, refuseNewer } from './backup/refusals.ts'
import { servicesHealthy, startServices, stopServices } from './backup/services.ts'
import { stage } from './backup/stage.ts'
import { Failure, runScript } from './stack/failure.ts'
import { auditFolder, secretsFolder } from './stack/folders.ts'
import { setting } from './stack/settings.ts'

const usage = 'scripts/restore.sh FILE [--yes], or scripts/restore.sh --undo [--yes]'
const project = setting('COMPOSE_PROJECT_NAME', 'secure-ecommerce')
const started = performance.now()

await runScript(async () => {
  const { file, undo, yes } = options()
  const places = await readPlaces()
  const interrupted = interruptedMove(places)
  if (interrupted) return finish(interrupted, undo ? 'undo' : basename(file))
  if (undo) return exchange(yes)

  const key = readBackupKey()
  const manifest = await openBackup(file, key)
  refuseForeign(manifest, await takeFingerprints())
  refuseNewer(manifest, await knownMigrations())
  if (!yes)
    await ask(`This puts the products, orders and payments of ${manifest.takenAt} in the place of those of ${project}`)
  await restore(file, key, manifest)
})

/** Until databases are swapped the ones before are in their place, and whatever fails, the services go on with them. */
async function restore(file: string, key: string, { takenAt, databases }: Manifest): Promise<void> {
  const move: Move = { kind: 'restore', id: new Date().toISOString(), backup: basename(file), done: false }
  await whileStopped(async () => {
    const loads = writers.map(async (writer) => {
      const expected = databases[writer.database]
      if (!expected) throw new Failure(`${file} has no ${writer.database}`)
      await stage(writer, readDump(file, writer.database, key), expected)
      console.log(`${writer.database}: loaded`)
    })
    const failed = (await Promise.allSettled(loads)).find((load) => load.status === 'rejected')
    if (failed) throw failed.reason
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
  if (missing) throw new Failure(`expected what a restore replaced but found no ${keptName(missing.database)}`, usage)
  const backup = places[first.database]?.[first.database]?.backup ?? 'a backup'
  const move: Move = { kind: 'undo', id: new Date().toISOString(), backup, done: false }
  if (!yes)
    await ask(
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
    throw error
  }
}

async function whileStopped(change: () => Promise<void>): Promise<void> {
  console.log('Stopping product-api, order-api and payment-api …')
  // Ctrl-C ends what is running, and that is told below.
  process.on('SIGINT', () => {})
  await stopServices()
  try {
    await change()
  } catch (error) {
    await startServices()
    throw error
  }
}

function note(action: string, { backup }: Move, details: Record<string, unknown>): void {
  writeDown(placeIn(auditFolder(), secretsFolder()), { action, subject: 'backup', subject_id: backup, details })
}

async function ask(what: string): Promise<void> {
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

function options(): { file: string; undo: boolean; yes: boolean } {
  const flag = { type: 'boolean', default: false } as const
  try {
    const { positionals, values } = parseArgs({ options: { yes: flag, undo: flag }, allowPositionals: true })
    const [file = '', ...rest] = positionals
    if (rest.length === 0 && (file === '') === values.undo) return { file, ...values }
  } catch (error) {
    throw new Failure((error as Error).message, usage)
  }
  throw new Failure('expected one file, or --undo', usage)
}
