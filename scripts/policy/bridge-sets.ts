import { acceptCounter, dropCounter, nextPaths, type Path, paths } from './cells.ts'
import type { Communication, Interface } from './communication.ts'
import { counters, map, set, whileServing, whileThere, whileWaiting } from './nft-text.ts'

/** An element's text is behind its condition, which is empty for what always counts. */
type Conditional<Value> = { when: string; value: Value }

/** What the chains of the bridge table look up. */
export function bridgeSets(communication: Communication): string[] {
  const neighbours = paths(communication).filter(({ routed }) => !routed)
  const { there, open, cells } = withNext(communication, neighbours)
  const allowed = open.filter(({ value }) => value.ports.length > 0)
  const attachments = attachmentsOf(communication)
  const subnets = communication.networks.map(({ subnet }) => subnet)

  return [
    ...counters(neighbours.filter(({ ports }) => ports.length > 0).map(accepted)),
    ...counters(cells.map(({ value }) => value.counter)),
    set(
      'bridges',
      'type ifname',
      communication.networks.map(({ bridge }) => `"${bridge}"`),
    ),
    set(
      'macs',
      'type ether_addr',
      each(attachments, ({ mac }) => mac),
    ),
    set('subnets', 'type ipv4_addr; flags interval', subnets),
    set('broadcasts', 'type ipv4_addr; flags interval', ['224.0.0.0/4', '255.255.255.255', ...subnets.map(broadcast)]),
    '  # Who has which address. In ARP the sender names itself a second time.',
    set('identities', 'type ether_addr . ipv4_addr', each(attachments, identity)),
    set(
      'arp_identities',
      'type ether_addr . ether_addr . ipv4_addr',
      each(attachments, (at) => `${at.mac} . ${identity(at)}`),
    ),
    set(
      'pairs',
      'type ether_addr . ipv4_addr . ether_addr . ipv4_addr',
      each(there, ({ source, target }) => `${identity(source)} . ${identity(target)}`),
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
      each(allowed, (path) => `${forward(path)} : "${accepted(path)}"`),
    ),
    set('pongs', 'type ipv4_addr . ipv4_addr', each(allowed, backward)),
    '  # Where what is not allowed is counted.',
    map(
      'cells',
      'type ipv4_addr . ipv4_addr : counter',
      each(cells, ({ path, counter }) => `${forward(path)} : "${counter}"`),
    ),
  ]
}

/** The paths of second copies too: those that are known while a copy is there, those that may be used by then, and where drops are counted. */
function withNext(communication: Communication, neighbours: Path[]) {
  const always = neighbours.map((value) => ({ when: '', value }))
  const next = nextPaths(communication).filter(({ path }) => !path.routed)
  const known = next.map(({ copy, path }) => ({ when: whileThere(copy.name), value: path }))
  const usable = next.map(({ copy, isTarget, path }) => ({
    when: isTarget ? whileServing(copy.name) : whileThere(copy.name),
    value: path,
  }))
  const cells = next.flatMap(({ copy, isTarget, path }) => {
    const cell = { path, counter: dropCounter(path) }
    if (!isTarget || path.ports.length === 0) return [{ when: whileThere(copy.name), value: cell }]
    // Callers find it by the service's name from its start, and try the other one: that is no attack on the cell.
    const early = { path, counter: 'class_not_serving' }
    return [
      { when: whileWaiting(copy.name), value: early },
      { when: whileServing(copy.name), value: cell },
    ]
  })
  return {
    there: [...always, ...known],
    open: [...always, ...usable],
    cells: [
      ...always.map(({ when, value }) => ({ when, value: { path: value, counter: dropCounter(value) } })),
      ...cells,
    ],
  }
}

function attachmentsOf({ services }: Communication): Conditional<Interface>[] {
  return [
    ...services.flatMap(({ interfaces }) => interfaces.map((value) => ({ when: '', value }))),
    ...services.flatMap(({ name, next }) => next.map((value) => ({ when: whileThere(name), value }))),
  ]
}

function each<Value>(values: Conditional<Value>[], element: (value: Value) => string): string[] {
  return values.map(({ when, value }) => when + element(value))
}

function eachPort(allowed: Conditional<Path>[], element: (path: Path, port: number) => string): string[] {
  return allowed.flatMap(({ when, value }) => value.ports.map((port) => when + element(value, port)))
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
