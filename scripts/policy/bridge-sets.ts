import { acceptCounter, dropCounter, type Path, paths } from './cells.ts'
import type { Communication, Interface } from './communication.ts'
import { counters, map, set } from './nft-text.ts'

/** What the chains of the bridge table look up. */
export function bridgeSets(communication: Communication): string[] {
  const neighbours = paths(communication).filter(({ routed }) => !routed)
  const allowed = neighbours.filter(({ ports }) => ports.length > 0)
  const attachments = communication.services.flatMap(({ interfaces }) => interfaces)
  const subnets = communication.networks.map(({ subnet }) => subnet)

  return [
    ...counters(allowed.map(accepted)),
    ...counters(neighbours.map(dropCounter)),
    set(
      'bridges',
      'type ifname',
      communication.networks.map(({ bridge }) => `"${bridge}"`),
    ),
    set(
      'macs',
      'type ether_addr',
      attachments.map(({ mac }) => mac),
    ),
    set('subnets', 'type ipv4_addr; flags interval', subnets),
    set('broadcasts', 'type ipv4_addr; flags interval', ['224.0.0.0/4', '255.255.255.255', ...subnets.map(broadcast)]),
    '  # Who has which address. In ARP the sender names itself a second time.',
    set('identities', 'type ether_addr . ipv4_addr', attachments.map(identity)),
    set(
      'arp_identities',
      'type ether_addr . ether_addr . ipv4_addr',
      attachments.map((at) => `${at.mac} . ${identity(at)}`),
    ),
    set(
      'pairs',
      'type ether_addr . ipv4_addr . ether_addr . ipv4_addr',
      neighbours.map(({ source, target }) => `${identity(source)} . ${identity(target)}`),
    ),
    '  # Who may connect to whom: source, destination, port of the destination.',
    map(
      'edges',
      'type ipv4_addr . ipv4_addr . inet_service : counter',
      eachPort(allowed, (path, port) => `${forward(path)} . ${port} : "${accepted(path)}"`),
    ),
    set(
      'replies',
      'type ipv4_addr . ipv4_addr . inet_service',
      eachPort(allowed, (path, port) => `${backward(path)} . ${port}`),
    ),
    map(
      'pings',
      'type ipv4_addr . ipv4_addr : counter',
      allowed.map((path) => `${forward(path)} : "${accepted(path)}"`),
    ),
    set('pongs', 'type ipv4_addr . ipv4_addr', allowed.map(backward)),
    '  # Where what is not allowed is counted.',
    map(
      'cells',
      'type ipv4_addr . ipv4_addr : counter',
      neighbours.map((path) => `${forward(path)} : "${dropCounter(path)}"`),
    ),
  ]
}

function eachPort(allowed: Path[], element: (path: Path, port: number) => string): string[] {
  return allowed.flatMap((path) => path.ports.map((port) => element(path, port)))
}

function accepted({ from, to }: Path): string {
  return acceptCounter(from, to)
}

function identity({ mac, address }: Interface): string {
  return `${mac} . ${address}`
}

function forward({ source, target }: Path): string {
  return `${source.address} . ${target.address}`
}

function backward({ source, target }: Path): string {
  return `${target.address} . ${source.address}`
}

function broadcast(subnet: string): string {
  return subnet.replace(/0\/24$/, '255')
}
