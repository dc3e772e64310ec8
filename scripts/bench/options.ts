import { parseArgs } from 'node:util'
import { Failure, orUsage } from '../stack/failure.ts'
import { type RowName, rowNames } from './rows.ts'

export type Options = {
  rows: readonly RowName[]
  rounds: number
  /** Of each run of the load. */
  seconds: number
  warmUpSeconds: number
  connections: number
  /** Of rounds with and without what is measured, for a cost. */
  pairs: number
  checkout: boolean
  policy: boolean
  mtls: boolean
  waf: boolean
  metrics: boolean
  overload: boolean
  cache: boolean
  scaling: boolean
  starts: boolean
}

const usage = `npm run bench -- [--quick] [--only ${rowNames.join('|')}] [--checkout] [--policy] [--mtls] [--waf] [--metrics] [--overload] [--cache] [--scaling] [--starts]`

export function benchOptions(args: string[]): Options {
  const { quick, only, checkout, policy, mtls, waf, metrics, overload, cache, scaling, starts } = parse(args)
  const unknown = only.find((name) => !rowNames.includes(name as RowName))
  if (unknown)
    throw new Failure(`expected --only to be one of ${rowNames.join(', ')} but found ${JSON.stringify(unknown)}`, usage)
  return {
    rows: only.length > 0 ? (only as RowName[]) : rowNames,
    ...(quick
      ? { rounds: 1, seconds: 1, warmUpSeconds: 1, pairs: 2 }
      : { rounds: 3, seconds: 3, warmUpSeconds: 2, pairs: 60 }),
    connections: 32,
    checkout,
    policy,
    mtls,
    waf,
    metrics,
    overload,
    cache,
    scaling,
    starts,
  }
}

const measures = ['checkout', 'policy', 'mtls', 'waf', 'metrics', 'overload', 'scaling', 'starts']

/** What is measured beside the rows may be named without dashes. */
function parse(words: string[]) {
  const args = words.map((word) => (measures.includes(word) ? `--${word}` : word))
  const flag = { type: 'boolean', default: false } as const
  const only = { type: 'string', multiple: true, default: [] as string[] } as const
  return orUsage(usage, () => {
    return parseArgs({
      args,
      options: {
        ...{ quick: flag, only, checkout: flag, policy: flag, mtls: flag, waf: flag, overload: flag, cache: flag },
        ...{ metrics: flag, scaling: flag, starts: flag },
      },
    }).values
  })
}
