import { readFileSync } from 'node:fs'
import { Failure } from '../stack/failure.ts'
import { secretsFolder } from '../stack/folders.ts'

/** What backups are encrypted with, and opened. */
export function readBackupKey(): string {
  const path = `${secretsFolder()}/backup_key`
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Failure(`expected ${path} but found ${code === 'ENOENT' ? 'none' : code}`, 'scripts/create-secrets.sh')
  }
}
