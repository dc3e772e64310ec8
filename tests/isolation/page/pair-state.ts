import { observed, type Verdict } from '../model/verdict.ts'
import type { Report } from '../report.ts'
import { reproduce } from '../reproduce.ts'

export type PairState = 'self' | 'untried' | 'open' | 'denied' | 'wrong'

const verdictsOf = ({ verdicts }: Report, from: string, to: string): Verdict[] =>
  verdicts.filter(({ cell }) => cell.from === from && cell.to === to)

export function pairState(report: Report, from: string, to: string): PairState {
  if (from === to) return 'self'
  const verdicts = verdictsOf(report, from, to)
  const differs = report.differences.some((difference) => difference.from === from && difference.to === to)
  if (differs || verdicts.some(({ problems }) => problems.length > 0)) return 'wrong'
  if (verdicts.length === 0) return 'untried'
  return report.expected.allows(from, to) ? 'open' : 'denied'
}

export type Evidence = {
  title: string
  sources: string
  cells: {
    at: string
    expected: string
    observed: string
    attempts: string
    counter: string
    wrong: boolean
    why: string
    command: string
  }[]
}

/** All that speaks for the verdict on one pair. */
export function evidenceOf(report: Report, from: string, to: string): Evidence {
  const difference = report.differences.find((difference) => difference.from === from && difference.to === to)
  return {
    title: `${from} → ${to}`,
    sources: difference?.problem ?? 'README, x-communication, loaded rules and probes agree',
    cells: verdictsOf(report, from, to).map((verdict) => {
      const { cell, attempts, problems } = verdict
      const rise = report.rises.find(({ counters }) => counters.join() === cell.counters.join())
      return {
        at: cell.at,
        expected: cell.expected,
        observed: observed(verdict),
        attempts: attempts
          .map(({ outcome, milliseconds, detail }) => `${outcome} ${milliseconds} ms (${detail})`)
          .join(', '),
        counter: rise && cell.counters.length > 0 ? `${cell.counters.join(' or ')} +${rise.rose}` : '',
        wrong: problems.length > 0,
        why: problems.length > 0 ? problems.join('; ') : cell.why,
        command: reproduce(cell, report.topology),
      }
    }),
  }
}
