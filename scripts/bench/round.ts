import { Failure } from '../stack/failure.ts'
import { median, sum } from './statistics.ts'

/** One run of wrk against one server. Times are milliseconds. */
export type Round = {
  requests: number
  seconds: number
  p50: number
  p99: number
  /** Answers of 400 and above. */
  refused: number
  /** Requests without an answer: no connection, a broken one, or a wait of over 5 s. */
  broken: number
}

/** What the rounds of one server say together: medians, and every request that failed in any of them. */
export type Result = { requestsPerSecond: number; p50: number; p99: number; requests: number; failed: number }

/** Reads the JSON line that load.lua prints behind wrk's own report. */
export function parseRound(output: string): Round {
  const line = output.split('\n').findLast((each) => each.startsWith('{'))
  if (!line) throw new Failure(`expected wrk to report but found ${JSON.stringify(output.slice(-200))}`)
  return JSON.parse(line)
}

export function resultOf(rounds: Round[]): Result {
  const round2 = (value: number) => Math.round(value * 100) / 100
  return {
    requestsPerSecond: Math.round(median(rounds.map(({ requests, seconds }) => requests / seconds))),
    p50: round2(median(rounds.map(({ p50 }) => p50))),
    p99: round2(median(rounds.map(({ p99 }) => p99))),
    requests: sum(rounds.map(({ requests }) => requests)),
    failed: sum(rounds.map(({ refused, broken }) => refused + broken)),
  }
}
