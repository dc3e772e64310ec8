import type { Outcome } from './outcome.ts'

/** One thing that is tried, from one container to one address: the smallest thing that can be right or wrong. */
export type Cell = {
  id: string
  from: string
  /** A service, or a column that is none: host, Internet. */
  to: string
  /** How it is reached, for people: "172.22.0.24 tcp/5432". */
  at: string
  /** The job of programs/probe.pl. */
  probe: string
  expected: Outcome
  why: string
  /** The named counters of which one must count every packet of this cell; none where no packet leaves the container. */
  counters: string[]
  /** What only the real target could answer where it is allowed: the nonce, or addresses of a name. Empty where denied. */
  answers: string[]
}

/** What the packet filter must count at least: even on a busy machine TCP asks twice within the limit. */
export const packetsOf = (cell: Cell): number =>
  triesOf(cell) * (cell.expected === 'dropped' && cell.probe.startsWith('tcp/') ? 2 : 1)

/** Denied cells are tried three times, apart: "never reachable", not "unreachable once". */
export const triesOf = ({ expected }: Cell): number => (expected === 'open' ? 1 : 3)
