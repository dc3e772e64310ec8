import { Failure } from '../stack/failure.ts'
import { mean, sum } from './statistics.ts'

/** What overload.lua counted in each second. `good` is answered within one, `bought` is what of `buyers` was. */
export type Seconds = Record<'asked' | 'good' | 'late' | 'refused' | 'buyers' | 'bought', number[]> & {
  /** In all: requests without an answer. */
  broken: number
}

/** Seconds of the run at the load that saturates the machine, and of five times as much, before the first again. */
export type Phases = { calm: number; busy: number }

export type Overload = {
  /** Good answers a second: the most that were measured, and before, while and after the load is too much. */
  peak: number
  before: number
  during: number
  after: number
  /** Asked and refused in a second while the load is too much. */
  asked: number
  refused: number
  /** Of requests to buy, those that were answered in time while the load is too much. */
  bought: number
  /** Seconds after the load is back to what it was until goodput is nine tenths of what it was, and stays there for two. */
  recovered: number
  broken: number
}

/** Reads the JSON line that overload.lua prints behind wrk's own report. */
export function parseSeconds(output: string): Seconds {
  const line = output.split('\n').findLast((each) => each.startsWith('{'))
  if (!line) throw new Failure(`expected wrk to report but found ${JSON.stringify(output.slice(-200))}`)
  return JSON.parse(line)
}

/** What a run in which everybody asks as fast as they are answered comes to; its first seconds warm up. */
export function peakOf({ good }: Seconds, warmUp: number): number {
  return Math.round(mean(good.slice(warmUp, -1)))
}

export function overloadOf(seconds: Seconds, peak: number, { calm, busy }: Phases): Overload {
  // In the first seconds connections are made; in the second in which the load changes it is neither.
  const before = (counts: number[]) => counts.slice(Math.floor(calm / 2), calm)
  const during = (counts: number[]) => counts.slice(calm + 1, calm + busy)
  const behind = seconds.good.slice(calm + busy, 2 * calm + busy)
  const usual = mean(before(seconds.good))
  const isUsual = (second: number) => behind.slice(second, second + 2).every((good) => good >= 0.9 * usual)
  const recovered = behind.findIndex((_, second) => isUsual(second))
  return {
    peak,
    before: Math.round(usual),
    during: Math.round(mean(during(seconds.good))),
    after: Math.round(mean(behind.slice(Math.max(recovered, 0)))),
    asked: Math.round(mean(during(seconds.asked))),
    refused: Math.round(mean(during(seconds.refused))),
    bought: sum(during(seconds.bought)) / sum(during(seconds.buyers)),
    recovered: recovered === -1 ? Number.POSITIVE_INFINITY : recovered,
    broken: seconds.broken,
  }
}
