import type { Report } from './report.ts'

/** Everything that a run found wrong, one sentence each; nothing when the matrix holds. */
export function findings(report: Report): string[] {
  return [
    ...Object.values(report.problems).flat(),
    ...report.differences.map(({ problem }) => problem),
    ...report.verdicts.flatMap(({ cell, problems }) => problems.map((problem) => `${cell.id}: ${problem}`)),
    ...report.attacks.flatMap(({ problems }) => problems),
  ]
}
