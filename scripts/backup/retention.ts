import { Failure } from '../stack/failure.ts'
import { setting } from '../stack/settings.ts'

export type Keep = { count: number; days: number }

/** @throws Failure where BACKUP_KEEP or BACKUP_KEEP_DAYS is no number from 1 up */
export function readKeep(): Keep {
  return { count: number('BACKUP_KEEP', '14'), days: number('BACKUP_KEEP_DAYS', '90') }
}

function number(name: string, fallback: string): number {
  const value = setting(name, fallback)
  if (!/^[1-9]\d{0,4}$/.test(value)) throw new Failure(`expected ${name} to be a number from 1 up but found ${value}`)
  return Number(value)
}

/** The name of a project's backup of this time, by which backups sort. */
export function backupName(project: string, takenAt: string): string {
  return `${project}-${takenAt.slice(0, 19).replace(/[-:]/g, '')}Z.tar`
}

/** Which of these files are backups of the project that have had their time. The newest is kept, however old it is. */
export function outdated(files: string[], project: string, { count, days }: Keep, now: Date): string[] {
  const newestFirst = backupsOf(files, project)
  const tooOld = now.getTime() - days * 86_400_000
  return newestFirst.flatMap(({ file, time }, place) => (place > 0 && (place >= count || time < tooOld) ? [file] : []))
}

export function newestBackup(files: string[], project: string): { file: string; time: number } | undefined {
  return backupsOf(files, project)[0]
}

/** The newest first. */
function backupsOf(files: string[], project: string): { file: string; time: number }[] {
  const ours = files.flatMap((file) => {
    const time = file.startsWith(`${project}-`) && timeOf(file.slice(project.length + 1))
    return time ? [{ file, time }] : []
  })
  return ours.toSorted((a, b) => b.time - a.time)
}

function timeOf(name: string): number | undefined {
  const [, date, hours, minutes, seconds] = /^(\d{8})T(\d\d)(\d\d)(\d\d)Z\.tar$/.exec(name) ?? []
  if (!date) return undefined
  return Date.parse(`${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${hours}:${minutes}:${seconds}Z`)
}
