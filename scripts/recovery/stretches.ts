import type { Base } from './repository.ts'

/** Base backups of a database from which its archive goes on without a gap to the same end. */
export type Stretch = {
  bases: Base[]
  /** In milliseconds: the first moment that is not reached any more. */
  until: number
}

type Range = { from: number; until: number }

/** From which base backup a moment is reached soonest. */
export function baseFor(moment: number, stretches: Stretch[]): Base | undefined {
  const reaching = stretches.filter(({ until }) => moment < until).flatMap(({ bases }) => bases)
  return newest(reaching.filter(({ completed }) => completed <= moment))
}

export function newest(bases: Base[]): Base | undefined {
  return bases.toSorted((a, b) => b.completed - a.completed)[0]
}

/** The moments that every database can be brought back to. */
export function commonRanges(databases: Stretch[][]): Range[] {
  const ranges = databases.map((stretches) =>
    stretches.map(({ bases, until }) => ({ from: Math.min(...bases.map(({ completed }) => completed)), until })),
  )
  return ranges.reduce(overlaps).toSorted((a, b) => a.from - b.from)
}

const overlaps = (some: Range[], others: Range[]): Range[] =>
  some
    .flatMap((a) => others.map((b) => ({ from: Math.max(a.from, b.from), until: Math.min(a.until, b.until) })))
    .filter(({ from, until }) => from < until)
