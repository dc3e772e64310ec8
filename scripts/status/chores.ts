import { readdirSync } from 'node:fs'
import { interruptedMove, readPlaces } from '../backup/places.ts'
import { newestBackup } from '../backup/retention.ts'
import { docker, runningContainer } from '../stack/docker.ts'
import { backupFolder, secretsFolder } from '../stack/folders.ts'
import { setting } from '../stack/settings.ts'
import { knownCopies } from '../update/policy.ts'
import type { Line } from './line.ts'

/** An alarm where there is none, or it is older than two days. */
export function backupLine(now = Date.now()): Line {
  const folder = backupFolder()
  const newest = newestBackup(filesIn(folder), setting('COMPOSE_PROJECT_NAME', 'secure-ecommerce'))
  if (!newest) return { text: `none in ${folder}: scripts/backup.sh`, alarm: true }
  const hours = Math.floor((now - newest.time) / 3_600_000)
  return { text: `${newest.file}, ${hours} hours old`, alarm: hours >= 48 }
}

export async function quarantineLine(): Promise<Line[]> {
  const text = await docker('exec', await runningContainer('network-policy'), 'network-policy', 'quarantined')
  const services = text.trim().split(/\s+/).filter(Boolean)
  return services.length === 0 ? [{ text: 'nobody' }] : [{ text: services.join(', '), alarm: true }]
}

/** What a rotation that was interrupted has left beside the secrets; it goes on when it is run again. */
export function rotationLine(): Line {
  const left = filesIn(secretsFolder()).filter((file) => file.startsWith('.next.'))
  if (left.length === 0) return { text: 'none is unfinished' }
  return { text: `unfinished: ${left.join(', ')}; run scripts/rotate-secrets.sh again`, alarm: true }
}

/** What an update or a restore that was interrupted has left; it goes on when it is run again. */
export async function unfinishedLines(): Promise<Line[]> {
  const copies = await knownCopies()
  const move = interruptedMove(await readPlaces())
  const lines = [
    ...(copies.length > 0 ? [`update of ${copies.join(', ')}: under way, or scripts/update.sh --finish`] : []),
    ...(move ? [`${move.kind} of ${move.backup}: under way, or scripts/restore.sh again`] : []),
  ]
  return lines.length === 0 ? [{ text: 'nothing' }] : lines.map((text) => ({ text, alarm: true }))
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
