import type { Acceptance, Judged } from './accepted.ts'
import { bySeverity, exitCode, type Finding, fails, type Gap } from './finding.ts'
import type { Looked } from './look.ts'

/** Everything that the three reports and the table are made of. */
export type Result = {
  at: string
  /** As the exit code: 0 nothing that fails, 1 something that does, 2 not everything was looked at. */
  verdict: 0 | 1 | 2
  tools: Record<string, string>
  findings: (Finding & { fails: boolean })[]
  accepted: (Finding & { reason: string; expires: string })[]
  unused: Acceptance[]
  gaps: Gap[]
  sboms: string[]
}

export function resultOf({ gaps, sboms, tools }: Looked, { open, accepted, unused }: Judged): Result {
  return {
    at: new Date().toISOString(),
    verdict: exitCode(open, gaps),
    tools,
    findings: open.toSorted(bySeverity).map((finding) => ({ ...finding, fails: fails(finding) })),
    accepted: accepted.map(({ finding, by: { reason, expires } }) => ({ ...finding, reason, expires })),
    // Where not everything was looked at, what an acceptance is for may be there.
    unused: gaps.length === 0 ? unused : [],
    gaps,
    sboms,
  }
}

export const verdicts = {
  0: 'Nothing found that fails',
  1: 'FAIL: found what must not be',
  2: 'INCOMPLETE: not everything was looked at',
}
