import type { Cell } from './model/cell.ts'
import type { Topology } from './model/topology.ts'

/** The command that shows one cell by hand, typed in the repository. */
export function reproduce({ from, probe }: Cell, { services }: Topology): string {
  const container = services.find(({ name }) => name === from)?.container
  return container === undefined
    ? `perl tests/isolation/programs/probe.pl nonce ${probe}`
    : `docker exec ${container} perl -e "$(cat tests/isolation/programs/probe.pl)" nonce ${probe}`
}
