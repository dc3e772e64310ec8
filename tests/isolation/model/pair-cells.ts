import type { Cell } from './cell.ts'
import { conversation } from './conversation.ts'
import { accepted, dropped } from './counter-names.ts'
import type { Edges } from './edges.ts'
import { expectAt, expectName } from './expectation.ts'
import { hosts, type Service, type Topology } from './topology.ts'

/** Every ordered pair of containers, every address of the target, by number and by name. */
export function pairCells(topology: Topology, edges: Edges, testPort: number): Cell[] {
  const all = hosts(topology)
  return all.flatMap((from) =>
    all.filter((to) => to !== from).flatMap((to) => cellsOf(from, to, topology, edges, testPort)),
  )
}

function cellsOf(from: Service, to: Service, topology: Topology, edges: Edges, testPort: number): Cell[] {
  const pair = { from: from.name, to: to.name }
  const open = edges.ports(from.name, to.name)
  const name = expectName(from, to)
  const byName: Cell = {
    ...pair,
    id: `${from.name} → ${to.name} by name`,
    at: `name ${to.name}`,
    probe: `name/${to.name}`,
    expected: name.outcome,
    why: name.why,
    counters: [],
    answers: name.addresses,
  }
  const byNumber = to.addresses.flatMap(({ network, address }) => {
    const cell = (at: string, probe: string, edge: boolean): Cell => {
      const { outcome: expected, why } = expectAt(from, network, edge, topology)
      const counters =
        expected === 'open'
          ? [accepted(from.name, to.name)]
          : expected === 'dropped'
            ? [dropped(from.name, to.name, network)]
            : []
      return {
        ...pair,
        id: `${from.name} → ${to.name} ${address} ${at}`,
        at: `${address} ${at}`,
        probe,
        expected,
        why,
        counters,
        answers: expected === 'open' ? ['nonce'] : [],
      }
    }
    return [
      ...edges
        .portsOf(to.name)
        .map((port) => cell(`tcp/${port}`, `tcp/${address}/${port}/${conversation(port)}`, open.includes(port))),
      cell(`tcp/${testPort} undeclared`, `tcp/${address}/${testPort}/nonce`, false),
      cell(`udp/${testPort}`, `udp/${address}/${testPort}`, false),
      cell('icmp echo', `icmp/${address}`, open.length > 0),
    ]
  })
  return [byName, ...byNumber]
}
