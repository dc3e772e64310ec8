import { acceptCounter, dropCounter, exits, nextPaths, paths, published } from './cells.ts'
import { type Communication, OUTSIDE } from './communication.ts'
import { counters, map, set, whileServing, whileThere } from './nft-text.ts'

/** What the chains of the inet table look up. */
export function inetSets(communication: Communication): string[] {
  const { networks, services } = communication
  const all = [
    ...paths(communication).map((path) => ({ when: '', path })),
    ...nextPaths(communication).map(({ copy, path }) => ({ when: whileThere(copy.name), path })),
  ]
  const routed = all.filter(({ path }) => path.routed)
  const bridges = networks.map(({ bridge }) => `"${bridge}"`)
  const bridgeOf = (network: string) => bridges[networks.findIndex(({ name }) => name === network)]
  const entrances = published(communication).flatMap(({ to, target, ports, ofCopy }) =>
    ports.map((port) => ({
      at: `${ofCopy ? whileServing(to) : ''}${target.address} . ${port}`,
      counter: acceptCounter(OUTSIDE, to),
    })),
  )
  const ways = exits(communication).flatMap(({ from, to, source: { address }, ports, at }) =>
    ports.map((port) => ({ address, at, port, counter: acceptCounter(from, to) })),
  )
  const anywhere = ways.filter(({ at }) => at === undefined)
  const toResolver = ways.filter(({ at }) => at !== undefined)

  return [
    ...counters(entrances.map(({ counter }) => counter)),
    ...counters(ways.map(({ counter }) => counter)),
    ...counters(routed.map(({ path }) => dropCounter(path))),
    set('bridges', 'type ifname', bridges),
    set(
      'same_bridge',
      'type ifname . ifname',
      bridges.map((bridge) => `${bridge} . ${bridge}`),
    ),
    set(
      'addresses',
      'type ipv4_addr',
      services.flatMap(({ name, interfaces, next }) => [
        ...interfaces.map(({ address }) => address),
        ...next.map(({ address }) => whileThere(name) + address),
      ]),
    ),
    set(
      'neighbours',
      'type ifname . ipv4_addr . ipv4_addr',
      all
        .filter(({ path }) => !path.routed)
        .map(
          ({ when, path: { network, source, target } }) =>
            `${when}${bridgeOf(network)} . ${source.address} . ${target.address}`,
        ),
    ),
    map(
      'published',
      'type ipv4_addr . inet_service : counter',
      entrances.map(({ at, counter }) => `${at} : "${counter}"`),
    ),
    set(
      'published_replies',
      'type ipv4_addr . inet_service',
      entrances.map(({ at }) => at),
    ),
    '  # Who may go beyond the host: source and port, to any public address or to this one.',
    map(
      'exits',
      'type ipv4_addr . inet_service : counter',
      anywhere.map(({ address, port, counter }) => `${address} . ${port} : "${counter}"`),
    ),
    map(
      'resolvers',
      'type ipv4_addr . ipv4_addr . inet_service : counter',
      toResolver.map(({ address, at, port, counter }) => `${address} . ${at} . ${port} : "${counter}"`),
    ),
    set(
      'exit_replies',
      'type ipv4_addr . inet_service',
      ways.map(({ address, port }) => `${address} . ${port}`),
    ),
    '  # From one network to the address of another, by way of the host: never allowed.',
    map(
      'cells',
      'type ipv4_addr . ipv4_addr : counter',
      routed.map(({ when, path }) => `${when}${path.source.address} . ${path.target.address} : "${dropCounter(path)}"`),
    ),
  ]
}
