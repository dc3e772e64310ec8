import { mean, median, standardError } from './statistics.ts'

/** Requests per second of the same load, a moment apart. */
export type Pair = { with: number; without: number }

/** Medians of both; `lost` is the share that the thing takes, the mean of all pairs, and `error` the standard error of that. */
export type Cost = { with: number; without: number; lost: number; error: number; rounds: number }

export function costOf(pairs: Pair[]): Cost {
  const losses = pairs.map((pair) => 1 - pair.with / pair.without)
  return {
    with: median(pairs.map((pair) => pair.with)),
    without: median(pairs.map((pair) => pair.without)),
    lost: mean(losses),
    error: standardError(losses),
    rounds: pairs.length,
  }
}
