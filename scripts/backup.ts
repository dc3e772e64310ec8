// What scripts/backup.sh runs, one at a time.
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import { placeIn, writeDown } from './audit/operator-trail.ts'
import { pack, sumsName } from './backup/archive.ts'
import { type Fingerprints, takeFingerprints } from './backup/fingerprints.ts'
import { readBackupKey } from './backup/key.ts'
import type { Manifest } from './backup/manifest.ts'
import { dump, dumpPart, manifestPart, writePart } from './backup/part.ts'
import { backupName, outdated, readKeep } from './backup/retention.ts'
import { type Snapshots, withSnapshots } from './backup/snapshots.ts'
import { makeBases } from './recovery/base-backups.ts'
import { Failure, orUsage, runScript } from './stack/failure.ts'
import { auditFolder, backupFolder, secretsFolder } from './stack/folders.ts'
import { handOnMetrics } from './stack/hand-on-metrics.ts'
import { setting } from './stack/settings.ts'

const project = setting('COMPOSE_PROJECT_NAME', 'secure-ecommerce')
const folder = backupFolder()
const started = performance.now()
/** What a run that was killed leaves is here, and nobody takes it for a backup. */
const draft = `${folder}/.draft`

await runScript(async () => {
  const { base, full } = options()
  if (base) {
    await makeBases(full)
    console.log(`Any moment from now on can be brought back, see scripts/restore.sh; ${seconds()}`)
  } else {
    await backUp()
  }
})

async function backUp(): Promise<void> {
  const keep = readKeep()
  const key = readBackupKey()
  makeDraft()

  const secrets = await takeFingerprints()
  const file = await withSnapshots((snapshots) => write(snapshots, secrets, key))
  for (const old of outdated(readdirSync(folder), project, keep, new Date())) {
    rmSync(`${folder}/${old}`)
    console.log(`${old}: removed, as BACKUP_KEEP and BACKUP_KEEP_DAYS say`)
  }
  await tell(file)
  console.log(`${file}: ${megabytes(file)} in ${seconds()}. Nobody opens it without ${secretsFolder()}/backup_key,`)
  console.log(
    'and only the shop whose *_audit_key files are the same takes it: KEEP A COPY OF THESE FILES ELSEWHERE, and of this one',
  )
}

async function write({ of, takenAt, heldUp }: Snapshots, secrets: Fingerprints, key: string): Promise<string> {
  console.log(`The state of ${takenAt}; orders waited ${Math.ceil(heldUp)} ms for it`)
  const databases: Manifest['databases'] = {}
  const dumps = of.map(async (snapshot) => {
    const { head, migrations, writer } = snapshot
    const file = `${draft}/${dumpPart(writer.database)}`
    databases[writer.database] = { head, migrations, sha256: await writePart(dump(snapshot), key, file) }
    console.log(`${writer.database}: ${megabytes(file)}`)
  })
  await Promise.all(dumps)

  const manifest: Manifest = { format: 1, project, takenAt, secrets, databases }
  const sum = await writePart(Readable.from([Buffer.from(JSON.stringify(manifest))]), key, `${draft}/${manifestPart}`)
  const sums: Record<string, string> = { [manifestPart]: sum }
  for (const [database, { sha256 }] of Object.entries(databases)) sums[dumpPart(database)] = sha256
  const lines = Object.entries(sums).map(([part, each]) => `${each}  ${part}\n`)
  writeFileSync(`${draft}/${sumsName}`, lines.join(''))

  const name = backupName(project, takenAt)
  await pack(draft, [sumsName, ...Object.keys(sums)], `${draft}/${name}`)
  const heads = Object.fromEntries(of.map(({ writer, head }) => [writer.writer, head]))
  writeDown(placeIn(auditFolder(), secretsFolder()), {
    ...{ action: 'backup.made', subject: 'backup', subject_id: name, details: { taken_at: takenAt, heads } },
  })
  renameSync(`${draft}/${name}`, `${folder}/${name}`)
  rmSync(draft, { recursive: true })
  return `${folder}/${name}`
}

/** Whoever watches the shop. */
async function tell(file: string): Promise<void> {
  const last = 'backup_last_success_timestamp_seconds'
  await handOnMetrics('backup', [
    { name: last, help: 'When the last backup was made', values: [{ value: Math.floor(Date.now() / 1_000) }] },
    { name: 'backup_last_bytes', help: 'How large it is', values: [{ value: statSync(file).size }] },
  ])
}

function makeDraft(): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    rmSync(draft, { recursive: true, force: true })
    mkdirSync(draft, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Failure(`expected BACKUP_DIR=${folder} to be a folder that you may write to but found ${code}`)
  }
}

function options(): { base: boolean; full: boolean } {
  const usage = 'scripts/backup.sh, or scripts/backup.sh --base [--full]'
  const flag = { type: 'boolean', default: false } as const
  return orUsage(usage, () => {
    const { values } = parseArgs({ options: { base: flag, full: flag } })
    if (values.full && !values.base) throw new Error('expected --base before --full')
    return values
  })
}

function seconds(): string {
  return `${((performance.now() - started) / 1_000).toFixed(1)} s`
}

function megabytes(file: string): string {
  return `${(Math.ceil(statSync(file).size / 1e5) / 10).toFixed(1)} MB`
}
