import { Failure } from '../stack/failure.ts'

/** A migration that takes away what the version before needs: `007_contract_drop_old_column.sql`. All others only add. */
export function isContract(name: string): boolean {
  return /^\d{3}_contract_/.test(name)
}

/** What the version before would notice: what it reads, writes or relies on is gone or other, or it writes too little. */
const breaking: [what: string, pattern: RegExp][] = [
  ['DROP', /\bDROP\s+(TABLE|COLUMN|VIEW|FUNCTION|TYPE|SEQUENCE|DEFAULT|SCHEMA)\b/i],
  ['RENAME', /\bRENAME\b/i],
  ['ALTER … TYPE', /\bALTER\s+(COLUMN\s+)?\S+\s+(SET\s+DATA\s+)?TYPE\b/i],
  ['SET NOT NULL', /\bSET\s+NOT\s+NULL\b/i],
  [
    'ADD COLUMN … NOT NULL without DEFAULT',
    /\bADD\s+COLUMN\s(?:(?!\bDEFAULT\b|\bGENERATED\b)[^,;])*\bNOT\s+NULL\b(?:(?!\bDEFAULT\b|\bGENERATED\b)[^,;])*(?=[,;]|$)/i,
  ],
  ['REVOKE', /\bREVOKE\b/i],
  ['TRUNCATE', /\bTRUNCATE\b/i],
]

/** Why the version before could not live with this, if it is known. */
export function breaks(sql: string): string | undefined {
  const plain = sql
    .replace(/--.*$/gm, '')
    .replace(/\$(\w*)\$.*?\$\1\$/gs, "''")
    .replace(/'[^']*'/g, "''")
  return breaking.find(([, pattern]) => pattern.test(plain))?.[0]
}

/**
 * What is to be applied yet, in its order.
 *
 * Refuses what would break the version that runs meanwhile, and what has to come after a contraction: two versions apart are two updates.
 */
export function planOf(files: string[], applied: string[], read: (name: string) => string): string[] {
  const pending = files.filter((name) => name.endsWith('.sql') && !applied.includes(name))
  const contraction = pending.findIndex(isContract)
  const after = pending.slice(contraction + 1).find((name) => !isContract(name))
  if (contraction >= 0 && after) {
    throw new Failure(
      `expected nothing to be added behind ${pending[contraction]} but found ${after}`,
      'update to the version before it first',
    )
  }
  for (const name of pending.filter((each) => !isContract(each))) {
    const why = breaks(read(name))
    if (why) {
      const better = name.replace(/^(\d+)_/, '$1_contract_')
      throw new Failure(
        `${name}: expected what the version that runs can live with but found ${why}`,
        `name it ${better}: it is applied when that version is gone`,
      )
    }
  }
  return pending
}
