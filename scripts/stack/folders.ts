import { setting } from './settings.ts'

/** Where the secrets are. */
export function secretsFolder(): string {
  return setting('SECRETS_DIR', './secrets').replace(/\/+$/, '')
}

/** Where the operator's audit trail is: beside the secrets. */
export function auditFolder(): string {
  return `${secretsFolder()}-audit`
}

/** Where backups are. */
export function backupFolder(): string {
  return setting('BACKUP_DIR', './backups').replace(/\/+$/, '')
}
