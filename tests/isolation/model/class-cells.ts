import type { Cell } from './cell.ts'
import { expectAt } from './expectation.ts'
import { hosts, type Service, type Topology } from './topology.ts'

export type Surroundings = {
  /** Every address of the host: the stack's gateways, docker0, its own. */
  hostAddresses: string[]
  hostTestPort: number
  publishedPorts: number[]
  /** An address beyond the host that the run made; none where that takes rights that it does not have. */
  internet: { address: string; port: number } | null
  /** A name that nobody has. */
  outsideName: string
}

/** What no container may do, whoever it is: reach the host, the Internet, the cloud's metadata, outside names; send raw frames. */
export function classCells(topology: Topology, surroundings: Surroundings): Cell[] {
  return hosts(topology).flatMap((from) => [
    ...toHost(from, topology, surroundings),
    ...toInternet(from, topology, surroundings),
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
  { hostAddresses, hostTestPort, publishedPorts }: Surroundings,
): Cell[] {
  return hostAddresses.flatMap((address) => {
    const network = topology.networks.find(({ gateway }) => gateway === address)?.name ?? null
    const { outcome: expected, why } = expectAt(from, network, false, topology)
    const counters = expected === 'dropped' ? ['class_to_host', 'class_hairpin'] : []
    const ports = publishedPorts.map((port) => [`tcp/${port} published`, `tcp/${address}/${port}`])
    const attempts = [
      ...ports,
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
