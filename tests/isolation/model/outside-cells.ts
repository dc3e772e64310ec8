import type { Cell } from './cell.ts'
import { conversation } from './conversation.ts'
import type { Edges } from './edges.ts'
import { hosts, type Service, type Topology } from './topology.ts'

/** The one way in: published ports, tried from the host. */
export function publishedCells(topology: Topology, edges: Edges): Cell[] {
  return hosts(topology).flatMap((to) =>
    to.published.map(({ port, address, hostPort }) => ({
      id: `outside → ${to.name} published tcp/${port}`,
      from: 'outside',
      to: to.name,
      at: `published tcp/${port}`,
      probe: `tcp/${address}/${hostPort}/${conversation(port)}`,
      expected: edges.ports('outside', to.name).includes(port) ? ('open' as const) : ('refused' as const),
      why: edges.ports('outside', to.name).includes(port) ? 'the way in' : 'published, but no edge of the matrix',
      counters: [],
      answers: ['nonce'],
    })),
  )
}

/** A neighbour of the host that sends straight to a container's address, as if the host were its router. */
export function directCells(topology: Topology, edges: Edges, testPort: number): Cell[] {
  return addressCells(topology, edges, testPort).map((cell) => ({
    ...cell,
    id: `outside → ${cell.to} ${cell.at}`,
    from: 'outside',
    expected: 'dropped',
    why: 'a container’s own address is nobody’s business outside',
    counters: ['class_from_outside'],
    answers: [],
  }))
}

/** The control of all denied cells: the host owns the bridges, so it reaches what nobody else may, and proves that it answers. */
export function controlCells(topology: Topology, edges: Edges, testPort: number): Cell[] {
  return addressCells(topology, edges, testPort).map((cell) => ({
    ...cell,
    id: `control: host → ${cell.to} ${cell.at}`,
  }))
}

function addressCells(topology: Topology, edges: Edges, testPort: number): Cell[] {
  return hosts(topology).flatMap((to) =>
    to.addresses.flatMap(({ address }) => [
      ...edges.portsOf(to.name).map((port) => cellAt(to, address, `tcp/${port}`, port)),
      cellAt(to, address, `tcp/${testPort} undeclared`, testPort),
      { ...cellAt(to, address, `udp/${testPort}`, testPort), probe: `udp/${address}/${testPort}` },
    ]),
  )

  function cellAt(to: Service, address: string, at: string, port: number): Cell {
    const answer = port === testPort ? 'nonce' : conversation(port)
    return {
      id: '',
      from: 'control',
      to: to.name,
      at: `${address} ${at}`,
      probe: `tcp/${address}/${port}/${answer}`,
      expected: 'open',
      why: 'the host owns the bridge',
      counters: [],
      answers: ['nonce'],
    }
  }
}
