import type { Cell } from './cell.ts'
import { accepted } from './counter-names.ts'
import type { Edges } from './edges.ts'
import { expectAt } from './expectation.ts'
import { hosts, type Service, type Topology } from './topology.ts'

export type Surroundings = {
  /** Every address of the host: the stack's gateways, docker0, its own. */
  hostAddresses: string[]
  hostTestPort: number
  publishedPorts: number[]
  /** An address beyond the host that the run made; none where that takes rights that it does not have. */
  internet: { address: string; port: number; reserved: string } | null
  /** The one address that answers for names, where the run could put it beyond the host. */
  resolver: string | null
  /** A name that nobody has. */
  outsideName: string
}

/**
 * What no container may do, whoever it is: reach the host, the Internet, the cloud's metadata, outside names; send raw frames.
 * But for the ways out that the matrix has, each tried from everybody.
 */
export function classCells(topology: Topology, edges: Edges, surroundings: Surroundings): Cell[] {
  return hosts(topology).flatMap((from) => [
    ...toHost(from, topology, edges, surroundings),
    ...toInternet(from, topology, surroundings),
    ...waysOut(from, topology, edges, surroundings),
    {
      ...cell(from, 'Internet', `name ${surroundings.outsideName}`, `name/${surroundings.outsideName}`),
      expected: 'no-name' as const,
      why: 'names outside the stack are asked of nobody',
    },
    {
      ...cell(from, from.name, 'raw frames', 'packet'),
      expected: 'refused' as const,
      why: 'no capability: whoever could write frames could write any source',
    },
  ])
}

const cell = (from: Service, to: string, at: string, probe: string) => ({
  id: `${from.name} → ${to} ${at}`,
  from: from.name,
  to,
  at,
  probe,
  counters: [] as string[],
  answers: [],
})

function toHost(
  from: Service,
  topology: Topology,
  edges: Edges,
  { hostAddresses, hostTestPort, publishedPorts }: Surroundings,
): Cell[] {
  return hostAddresses.flatMap((address) => {
    const network = topology.networks.find(({ gateway }) => gateway === address)?.name ?? null
    const { outcome: expected, why } = expectAt(from, network, false, topology)
    const counters = expected === 'dropped' ? ['class_to_host', 'class_hairpin'] : []
    const ports = publishedPorts.map((port) => [`tcp/${port} published`, `tcp/${address}/${port}`])
    const attempts = [
      ...ports,
      ...edges.ports(from.name, 'Internet').map((port) => [`tcp/${port}`, `tcp/${address}/${port}`]),
      [`tcp/${hostTestPort}`, `tcp/${address}/${hostTestPort}`],
      [`udp/${hostTestPort}`, `udp/${address}/${hostTestPort}`],
      ['icmp echo', `icmp/${address}`],
    ]
    return attempts.map(([at = '', probe = '']) => ({
      ...cell(from, 'host', `${address} ${at}`, probe),
      expected,
      why,
      counters,
    }))
  })
}

function toInternet(from: Service, topology: Topology, { internet }: Surroundings): Cell[] {
  const { outcome: expected, why } = expectAt(from, null, false, topology)
  const beyond = (at: string, probe: string, counter: string): Cell => ({
    ...cell(from, 'Internet', at, probe),
    expected,
    why,
    counters: expected === 'dropped' ? [counter] : [],
  })
  const metadata = beyond('169.254.169.254 tcp/80', 'tcp/169.254.169.254/80', 'class_metadata')
  if (internet === null) return [metadata]
  const { address, port } = internet
  return [
    metadata,
    beyond(`${address} tcp/${port}`, `tcp/${address}/${port}`, 'class_internet'),
    beyond(`${address} udp/${port}`, `udp/${address}/${port}`, 'class_internet'),
    beyond(`${address} icmp echo`, `icmp/${address}`, 'class_internet'),
  ]
}

/** Where somebody may leave the stack: that he may, only there and only so, and that nobody else may. */
function waysOut(from: Service, topology: Topology, edges: Edges, { internet, resolver }: Surroundings): Cell[] {
  const denied = expectAt(from, null, false, topology)
  const attempt = (to: string, address: string, [protocol, port]: [string, number], edge = false): Cell => ({
    ...cell(
      from,
      to,
      `${address} ${protocol}/${port}`,
      `${protocol}/${address}/${port}${protocol === 'tcp' ? '/nonce' : ''}`,
    ),
    expected: edge ? 'open' : denied.outcome,
    why: edge ? 'an edge of the matrix' : denied.why,
    counters: edge
      ? [accepted(from.name, to.toLowerCase())]
      : denied.outcome === 'dropped'
        ? [address.startsWith('169.254.') ? 'class_metadata' : 'class_internet']
        : [],
    answers: edge ? ['nonce'] : [],
  })
  const allowed = (to: string, port: number) => edges.ports(from.name, to).includes(port)
  if (internet === null) return []
  const { address, reserved } = internet
  return [
    ...edges
      .portsOf('Internet')
      .flatMap((port) => [
        attempt('Internet', address, ['tcp', port], allowed('Internet', port)),
        attempt('Internet', address, ['udp', port]),
        attempt('Internet', reserved, ['tcp', port]),
        attempt('Internet', '169.254.169.254', ['tcp', port]),
      ]),
    ...edges
      .portsOf('resolver')
      .flatMap((port) => [
        attempt('Internet', address, ['tcp', port]),
        attempt('Internet', address, ['udp', port]),
        ...(resolver === null
          ? []
          : [
              attempt('resolver', resolver, ['tcp', port], allowed('resolver', port)),
              attempt('resolver', resolver, ['udp', port], allowed('resolver', port)),
            ]),
      ]),
  ]
}
