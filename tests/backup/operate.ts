import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runBeside } from './run-beside.ts'

/** A folder for backups, removed when it is disposed of. */
export function backupsFolder() {
  const path = mkdtempSync(join(tmpdir(), 'backups-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) }
}

/** @returns the file of the backup that it made */
export async function backup(folder: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { status, text } = await runBeside({ BACKUP_DIR: folder, ...env }, 'scripts/backup.sh')
  const [, file] = /^(\/.*\.tar): /m.exec(text) ?? []
  if (status !== 0 || !file) throw new Error(text)
  return file
}

/** What it says. */
export async function restore(args: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { status, text } = await runBeside(env, `scripts/restore.sh ${args} --yes`)
  if (status !== 0) throw new Error(text)
  return text
}
