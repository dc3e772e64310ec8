import { type Result, type Round, resultOf } from './round.ts'
import { type Load, type Requests, runWrk } from './wrk.ts'

/** One way to the same handler. */
export type Way = { name: string; url: string }

export type Measured = Way & Result

/**
 * Loads every way in turn, round by round and each round from another one on: a machine that gets slower meanwhile is slower for all.
 */
export async function measureWays(
  ways: Way[],
  requests: Requests,
  load: Load,
  rounds: number,
  onRound: (way: Way, round: number) => void,
): Promise<Measured[]> {
  const results = new Map<Way, Round[]>(ways.map((way) => [way, []]))
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < ways.length; turn++) {
      const way = ways[(round + turn) % ways.length] as Way
      onRound(way, round + 1)
      results.get(way)?.push(await runWrk(way.url, requests, load))
    }
  }
  return ways.map((way) => ({ ...way, ...resultOf(results.get(way) ?? []) }))
}
