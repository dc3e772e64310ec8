import { readFileSync } from 'node:fs'
import { Failure } from '../stack/failure.ts'
import type { Finding } from './finding.ts'

/** A finding that somebody decided to live with until that day. Without `where` it is every such finding of the target. */
export type Acceptance = { id: string; target: string; where?: string; reason: string; expires: string }

export type Judged = {
  open: Finding[]
  accepted: { finding: Finding; by: Acceptance }[]
  /** Acceptances of what was not found. */
  unused: Acceptance[]
}

const needed = ['id', 'target', 'reason', 'expires']

export function readAcceptances(file: string | URL): Acceptance[] {
  const text = readFileSync(file, 'utf8')
  const list: unknown = parse(text, `${file}`)
  if (!Array.isArray(list)) throw new Failure(`${file}: expected a list`)
  return list.map((entry, index) => {
    const keys = Object.keys(entry ?? {})
    const unknown = keys.find((key) => ![...needed, 'where'].includes(key))
    const missing = needed.find((key) => typeof entry?.[key] !== 'string' || entry[key].trim() === '')
    const place = `${file}, entry ${index + 1}`
    if (unknown) throw new Failure(`${place}: "${unknown}" is not known`)
    if (missing) throw new Failure(`${place}: expected "${missing}" as text`)
    if (new Date(`${entry.expires}T00:00Z`).toJSON()?.slice(0, 10) !== entry.expires) {
      throw new Failure(`${place}: expected "expires" as a day like 2027-01-31 but found ${entry.expires}`)
    }
    return entry as Acceptance
  })
}

export const matches = ({ id, target, where }: Acceptance, finding: Finding): boolean =>
  id === finding.id && target === finding.target && (where ?? finding.where) === finding.where

/** What has expired accepts nothing any more, and is a finding itself. `today` is a day like those in the file. */
export function judge(findings: Finding[], acceptances: Acceptance[], today: string): Judged {
  const inForce = acceptances.filter(({ expires }) => expires >= today)
  const accepted = findings.flatMap((finding) => {
    const by = inForce.find((acceptance) => matches(acceptance, finding))
    return by ? [{ finding, by }] : []
  })
  const expired = acceptances
    .filter(({ expires }) => expires < today)
    .map(
      ({ id, target, where, reason, expires }): Finding => ({
        kind: 'acceptance',
        id,
        severity: 'HIGH',
        target,
        where: where ?? '',
        what: `accepted until ${expires}: ${reason}`,
        fix: 'repair it, or decide anew in security/accepted.json',
      }),
    )
  return {
    open: [...findings.filter((finding) => !accepted.some((each) => each.finding === finding)), ...expired],
    accepted,
    unused: inForce.filter((acceptance) => !findings.some((finding) => matches(acceptance, finding))),
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Failure(`${file}: ${(error as Error).message}`)
  }
}
