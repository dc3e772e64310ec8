import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { parseMoment } from '../recovery/moment.ts'
import { Failure, orUsage } from '../stack/failure.ts'

const usage = 'scripts/restore.sh FILE [--yes], or --to MOMENT [--yes], or --undo [--yes]'

/** What is to be brought back, and what that is called where it is gone on with later. */
type Wanted = { name: string } & ({ file: string } | { moment: Date } | { undo: true })

export function restoreOptions(args: string[]): { wanted: Wanted; yes: boolean } {
  const flag = { type: 'boolean', default: false } as const
  const options = { yes: flag, undo: flag, to: { type: 'string' } } as const
  const { positionals, values } = orUsage(usage, () => parseArgs({ args, options, allowPositionals: true }))
  const { undo, to, yes } = values
  const [file] = positionals
  if (positionals.length + Number(undo) + Number(to !== undefined) !== 1) {
    throw new Failure('expected one file, or a moment behind --to, or --undo', usage)
  }
  if (file !== undefined) return { wanted: { name: basename(file), file }, yes }
  if (to === undefined) return { wanted: { name: 'undo', undo: true }, yes }
  const moment = parseMoment(to, new Date())
  return { wanted: { name: moment.toISOString(), moment }, yes }
}
