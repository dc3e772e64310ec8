import type { Cell } from './cell.ts'
import { type Attempt, inconclusive } from './outcome.ts'

export type Verdict = { cell: Cell; attempts: Attempt[]; retries: number; problems: string[] }

/**
 * Every attempt must have come to what was expected: for a denied cell a single success is a failure. Where it is allowed
 * the answer must also carry what only the real target could say.
 */
export function judge(cell: Cell, attempts: Attempt[], retries = 0): Verdict {
  const problems = attempts.flatMap(({ outcome, detail }, index) => {
    if (inconclusive.includes(outcome)) return [`try ${index + 1} proves nothing: ${outcome} (${detail})`]
    if (outcome !== cell.expected) return [`expected ${cell.expected} (${cell.why}), but found ${outcome} (${detail})`]
    const foreign = cell.answers.length > 0 && detail.split(',').some((part) => !cell.answers.includes(part))
    if (foreign) return [`expected the answer "${cell.answers.join(',')}", but found "${detail}"`]
    return []
  })
  if (attempts.length === 0) problems.push('was never tried')
  return { cell, attempts, retries, problems: [...new Set(problems)] }
}

/** What the cell came to, for the matrix: the worst of its attempts. */
export function observed({ cell, attempts }: Verdict): Attempt['outcome'] {
  return attempts.find(({ outcome }) => outcome !== cell.expected)?.outcome ?? attempts[0]?.outcome ?? 'probe-error'
}
