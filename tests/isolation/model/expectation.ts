import type { Outcome } from './outcome.ts'
import { hasWayOut, type Service, type Topology } from './topology.ts'

export type Expectation = { outcome: Outcome; why: string }

/**
 * What an attempt at an address must come to. `network` is the one the address is on, or none where it is outside; `edge`
 * says whether the matrix has this very connection.
 */
export function expectAt(from: Service, network: string | null, edge: boolean, topology: Topology): Expectation {
  if (network !== null && from.addresses.some((at) => at.network === network)) {
    return edge
      ? { outcome: 'open', why: 'an edge of the matrix' }
      : { outcome: 'dropped', why: `a neighbour on ${network}, but no edge of the matrix` }
  }
  return hasWayOut(from, topology)
    ? { outcome: 'dropped', why: 'reached only through the host, which passes nothing on' }
    : { outcome: 'no-route', why: 'on internal networks only, so no way beyond its neighbours' }
}

/** A name resolves to addresses of the target on shared networks (Docker names one of them), and otherwise not at all. */
export function expectName(from: Service, to: Service): Expectation & { addresses: string[] } {
  const addresses = to.addresses
    .filter(({ network }) => from.addresses.some((at) => at.network === network))
    .map(({ address }) => address)
    .sort()
  return addresses.length > 0
    ? { outcome: 'open', why: 'a shared network', addresses }
    : { outcome: 'no-name', why: 'no shared network', addresses }
}
