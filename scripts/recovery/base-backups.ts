import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { placeIn, writeDown } from '../audit/operator-trail.ts'
import { type Writer, writers } from '../audit/writers.ts'
import { takeFingerprints } from '../backup/fingerprints.ts'
import { allEnded } from '../stack/all-ended.ts'
import { runningContainer } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { auditFolder, secretsFolder } from '../stack/folders.ts'
import { setting } from '../stack/settings.ts'
import { auditKeyNote, type Base, readRepository } from './repository.ts'
import { tellProgress } from './tell-progress.ts'

const day = 86_400_000

/** A base backup of each database, from which any later moment can be brought back. What is too old goes. */
export async function makeBases(full: boolean): Promise<void> {
  const days = Number(setting('POINT_IN_TIME_DAYS', '7'))
  const prints = await takeFingerprints()
  const wanted = await Promise.all(
    writers.map(async (writer) => {
      const { bases } = await readRepository(writer)
      return { writer, isFull: full || !hasFull(bases, days) }
    }),
  )
  const kinds = Object.fromEntries(
    wanted.map(({ writer, isFull }) => [writer.database, isFull ? 'full' : 'differential']),
  )
  writeDown(placeIn(auditFolder(), secretsFolder()), {
    ...{ action: 'backup.made', subject: 'backup', subject_id: `base of ${new Date().toISOString()}`, details: kinds },
  })
  const made = wanted.map(async ({ writer, isFull }) => {
    console.log(`${writer.database}: a ${kinds[writer.database]} base backup …`)
    await makeBase(writer, isFull, String(prints[writer.key]))
    console.log(`${writer.database}: done`)
  })
  await allEnded(made)
}

/** Whether one is new enough to begin a differential one from: what a full one keeps goes no sooner than it. */
function hasFull(bases: Base[], days: number): boolean {
  return bases.some(({ isFull, completed }) => isFull && Date.now() - completed < days * day)
}

/** The shop goes first. */
async function makeBase({ container: role, database }: Writer, isFull: boolean, print: string): Promise<void> {
  const options = ['--type', isFull ? 'full' : 'diff', '--annotation', `${auditKeyNote}=${print}`]
  const command = ['nice', 'pgbackrest', 'backup', ...options, '--log-level-console', 'detail']
  const child = spawn('docker', ['exec', await runningContainer(role), ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const complaints: string[] = []
  const progress = tellProgress(database)
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      const [, error] = /ERROR: (.*)$/.exec(line) ?? []
      if (error) complaints.push(error)
      progress(line)
    })
  }
  const [status] = await once(child, 'close')
  // Its own lock: one whose docker exec was interrupted goes on in the database.
  if (complaints.some((complaint) => complaint.startsWith('[050]'))) {
    throw new Failure(`${database}: expected to be alone but another base backup is at work`, 'wait until it ends')
  }
  if (status !== 0) throw new Failure(`${database}: ${complaints.join('; ') || `pgbackrest ended with ${status}`}`)
}
