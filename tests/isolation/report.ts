import type { AttackResult } from './attack-run.ts'
import type { HostFacts } from './host-facts.ts'
import type { Difference } from './model/compare-sources.ts'
import type { Rise } from './model/counter-rise.ts'
import type { Edges } from './model/edges.ts'
import type { Matrix } from './model/readme-matrix.ts'
import type { Topology } from './model/topology.ts'
import type { Verdict } from './model/verdict.ts'

export type Report = {
  project: string
  seconds: number
  /** What could not be tried here. A run with any of these is partial. */
  skipped: string[]
  facts: HostFacts
  topology: Topology
  matrix: Matrix
  expected: Edges
  observed: Edges
  differences: Difference[]
  verdicts: Verdict[]
  rises: Rise[]
  attacks: AttackResult[]
  problems: Problems
}

/** What is wrong with the run itself; with any of it, no cell is proven. */
type Problems = {
  /** Runs and is not declared, or the other way round. */
  declared: string[]
  /** Targets that do not listen, listen on more, pass packets on, or have IPv6. */
  inside: string[]
  /** Rules that are not loaded, or whose watchdog says so. */
  rules: string[]
  /** Packets that were not counted where they should have been. */
  counted: string[]
  /** Attacks that could not be made or watched. */
  attacks: string[]
}
