import { Edges } from './edges.ts'
import { observed, type Verdict } from './verdict.ts'

/** The matrix as the probes saw it: who opened a TCP connection to whom, on which ports of the target. */
export function observedEdges(verdicts: Verdict[]): Edges {
  const edges = new Edges()
  for (const verdict of verdicts) {
    const { from, to, at } = verdict.cell
    const port = at.match(/\btcp\/(\d+)/)?.[1]
    const reached = observed(verdict) === 'open' || verdict.attempts.some(({ outcome }) => outcome === 'open')
    if (from !== 'control' && port !== undefined && reached) edges.add(from, to, [Number(port)])
  }
  return edges
}
