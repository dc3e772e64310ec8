import { parse } from 'yaml'
import { communicationProblems } from './communication-problems.ts'
import { toTemplate } from './compose-template.ts'
import { nextTo } from './next-to.ts'

/** Where connections from beyond the stack's own networks come from; only ever the `from` of an edge. */
export const OUTSIDE = 'outside'

/** This machine, which is never filtered. Only ever the `from` of an edge: what it is meant to reach, so that whatever else it does is strange. */
export const HOST = 'host'

/** Where a service may be let out to: every public address, by TCP. Only ever the `to` of an edge. */
export const INTERNET = 'internet'

/** One address beyond the host that answers for names, by TCP and UDP. Only ever the `to` of an edge. */
export const RESOLVER = 'resolver'

/** One attachment of a container to a network. Address and MAC keep Compose's variables as `@NAME@`. */
export type Interface = { network: string; address: string; host: number; mac: string }

export type Service = {
  name: string
  /** container_name, its variables as `@NAME@`. */
  container: string
  interfaces: Interface[]
  /** Where a second copy of it is while it is replaced; none for what is replaced in its place. */
  next: Interface[]
  /** The container's ports that are published on the host. */
  published: number[]
}

type Network = { name: string; internal: boolean; ipv6: boolean; bridge: string; subnet: string }
/** `at` is the address of a resolver. */
export type Edge = { from: string; to: string; ports: number[]; why: string; at?: string }
export type Communication = {
  services: Service[]
  networks: Network[]
  edges: Edge[]
  /** Services whose profile is off, with these profiles. They have no addresses and no edges. */
  absent: Map<string, string[]>
}

type ComposeService = {
  container_name?: string
  profiles?: string[]
  network_mode?: string
  networks?: Record<string, { ipv4_address?: string; mac_address?: string } | null> | string[]
  ports?: (string | { target: number })[]
}
type ComposeNetwork = {
  internal?: boolean
  enable_ipv6?: boolean
  driver_opts?: Record<string, string>
  ipam?: { config?: { subnet?: string }[] }
} | null
type ComposeFile = {
  services?: Record<string, ComposeService>
  networks?: Record<string, ComposeNetwork>
  'x-communication'?: Partial<Edge>[]
  'x-replaced-beside'?: string[]
}

/**
 * Reads who may open a connection to whom out of a Compose file, either as it is written or as `docker compose config`
 * prints it. Throws one error that lists everything that is wrong. Services without a network of their own
 * (`network_mode`) have no part in it; those of a profile that is off, and their edges, have none either.
 */
export function readCommunication(composeText: string, profiles: string[] = []): Communication {
  const compose = parse(composeText, { merge: true }) as ComposeFile
  const services = Object.entries(compose.services ?? {}).filter(([, service]) => service.network_mode === undefined)
  const isOn = (service: ComposeService) => service.profiles?.some((profile) => profiles.includes(profile)) ?? true
  const absent = new Map(services.flatMap(([name, each]) => (isOn(each) ? [] : [[name, each.profiles ?? []]])))
  const communication = {
    services: services
      .filter(([, service]) => isOn(service))
      .map(([name, service]) => readService(name, service, compose['x-replaced-beside'] ?? [])),
    networks: Object.entries(compose.networks ?? {}).map(([name, network]) => readNetwork(name, network)),
    edges: (compose['x-communication'] ?? [])
      .map(readEdge)
      .filter(({ from, to }) => !absent.has(from) && !absent.has(to)),
    absent,
  }
  const problems = [...unknownKeys(compose['x-communication'] ?? []), ...communicationProblems(communication)]
  if (problems.length > 0) {
    throw new Error(
      `x-communication and the networks do not fit together:\n${problems.map((p) => `  ${p}`).join('\n')}`,
    )
  }
  return communication
}

function readService(name: string, service: ComposeService, beside: string[]): Service {
  const networks = Array.isArray(service.networks)
    ? Object.fromEntries(service.networks.map((network) => [network, null]))
    : (service.networks ?? {})
  const interfaces = Object.entries(networks).map(([network, attachment]) => {
    const address = toTemplate(attachment?.ipv4_address ?? '')
    const mac = toTemplate(attachment?.mac_address ?? '')
    return { network, address, host: Number(address.split('.').at(-1)), mac }
  })
  return {
    name,
    container: toTemplate(service.container_name ?? ''),
    interfaces,
    next: beside.includes(name) ? interfaces.map(nextTo) : [],
    published: (service.ports ?? []).map((port) =>
      typeof port === 'string'
        ? Number(
            port
              .replace(/\/tcp$/, '')
              .split(':')
              .at(-1),
          )
        : port.target,
    ),
  }
}

function readNetwork(name: string, network: ComposeNetwork): Network {
  return {
    name,
    internal: network?.internal ?? false,
    ipv6: network?.enable_ipv6 ?? false,
    bridge: toTemplate(network?.driver_opts?.['com.docker.network.bridge.name'] ?? ''),
    subnet: toTemplate(network?.ipam?.config?.[0]?.subnet ?? ''),
  }
}

/** YAML ends an unquoted reason at a comma and takes the rest for a key of its own. */
function unknownKeys(edges: Partial<Edge>[]): string[] {
  return edges.flatMap(({ from, to, at: _at, ports: _ports, why: _why, ...unknown }) =>
    Object.keys(unknown).map(
      (key) => `x-communication ${from} → ${to}: expected from, to, ports and why but found "${key}" too`,
    ),
  )
}

function readEdge(edge: Partial<Edge>): Edge {
  const { from = '', to = '', ports = [], why = '', at } = edge
  return { from, to, ports, why, ...(at === undefined ? {} : { at: toTemplate(at) }) }
}
