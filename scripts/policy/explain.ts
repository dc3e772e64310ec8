import { acceptCounter, dropCounter, type Exit, exits, type Path, paths, published } from './cells.ts'
import { type Communication, HOST, OUTSIDE, RESOLVER, type Service } from './communication.ts'
import type { Counters } from './live-counters.ts'

/** Where a container may want to go other than to a service, and the class counters of what is dropped on the way. */
const beyond: Record<string, { counters: string[]; internal: string; rule: string }> = {
  host: {
    counters: ['inet/class_to_host', 'inet/class_hairpin'],
    internal: 'the bridge is an address of the host',
    rule: 'chain input, or chain leaving where a published port is rewritten to a container',
  },
  internet: {
    counters: ['inet/class_internet'],
    internal: 'no route either: its networks are internal',
    rule: 'chain leaving',
  },
  [RESOLVER]: {
    counters: ['inet/class_internet'],
    internal: 'no route either: its networks are internal',
    rule: 'chain leaving',
  },
  metadata: {
    counters: ['inet/class_metadata'],
    internal: 'no route either: its networks are internal',
    rule: 'chain leaving',
  },
}

/**
 * Whether a connection is allowed, why, and what decides it: one line for each pair of addresses, because a service has
 * one on each of its networks.
 */
export function explain(communication: Communication, from: string, to: string, counters: Counters): string[] {
  const { services, edges, absent } = communication
  const missing = [from, to].find((name) => absent.has(name))
  if (missing) {
    const profiles = absent.get(missing)?.join(' or ')
    return [`${from} → ${to}: denied: ${missing} is not part of the stack without COMPOSE_PROFILES=${profiles}`]
  }
  const known = (name: string, others: string[]): Service | undefined => {
    const service = services.find((service) => service.name === name)
    if (service || others.includes(name)) return service
    throw new Error(`expected ${[...services.map(({ name }) => name), ...others].join(', ')} but found ${name}`)
  }
  const source = known(from, [OUTSIDE, HOST])
  const target = known(to, source ? Object.keys(beyond) : [])
  const packets = (counter: string) => `counter ${counter.replace('/', ' ')}: ${counters.get(counter) ?? 'absent'}`

  const edge = edges.find((edge) => edge.from === from && edge.to === to)
  if (from === HOST && target) {
    const meant = edge ? `meant to, on ${edge.ports.join(', ')}: ${edge.why}` : 'not meant to'
    return [`${from} → ${to}: ${meant}`, '  nothing of it is filtered: the host owns the bridges']
  }
  const verdict = edge
    ? `${from} → ${to}: allowed on ${edge.ports.join(', ')}: ${edge.why}`
    : `${from} → ${to}: denied: no entry in x-communication, and what has none is dropped`

  if (source && target) {
    const all = paths(communication).filter((path) => path.from === from && path.to === to)
    const noRoute = isolated(communication, source)
    return [
      verdict,
      ...target.interfaces.flatMap((at) => {
        const here = all.filter((path) => path.target === at)
        const neighbour = here.find(({ routed }) => !routed)
        return neighbour
          ? neighbourLines(neighbour, packets)
          : here.slice(0, 1).map((path) => routedLine(path, noRoute, packets))
      }),
    ]
  }
  if (!source && target) {
    const entrances = published(communication).filter((entrance) => entrance.to === to && !entrance.ofCopy)
    return [
      verdict,
      ...entrances.map(
        ({ target }) =>
          `  published ports of ${target.address}: map published, ${packets(`inet/${acceptCounter(OUTSIDE, to)}`)}`,
      ),
      `  any other way: chains prerouting and entering, ${packets('inet/class_from_outside')}`,
    ]
  }
  const way = beyond[to]
  const ways = exits(communication).filter((exit) => exit.from === from && exit.to === to)
  return [
    verdict,
    ...ways.map((exit) => exitLine(exit, packets)),
    ...(source && way && isolated(communication, source) ? [`  ${way.internal}`] : []),
    ...(way?.counters ?? []).map((counter) => `  table inet, ${way?.rule}; ${packets(counter)}, from all containers`),
  ]
}

function neighbourLines(path: Path, packets: (counter: string) => string): string[] {
  const where = `  on ${path.network}, ${path.source.address} → ${path.target.address}`
  const dropped = `map cells, ${packets(`bridge/${dropCounter(path)}`)}`
  if (path.ports.length === 0) return [`${where}: dropped: chain to_neighbour, ${dropped}`]
  return [
    `${where}: TCP ${path.ports.join(', ')} and ping pass: maps edges and pings, ${packets(`bridge/${acceptCounter(path.from, path.to)}`)}`,
    `${where}: anything else is dropped: ${dropped}`,
  ]
}

function exitLine({ from, to, source, ports, at }: Exit, packets: (counter: string) => string): string {
  const passes = at
    ? `TCP and UDP ${ports.join(', ')} of ${at} passes: map resolvers`
    : `TCP ${ports.join(', ')} of any public address passes: map exits`
  return `  from ${source.address}: ${passes}, ${packets(`inet/${acceptCounter(from, to)}`)}`
}

function routedLine(path: Path, noRoute: boolean, packets: (counter: string) => string): string {
  const route = noRoute ? 'no route, and ' : ''
  const dropped = `chain from_container, map cells, ${packets(`inet/${dropCounter(path)}`)}`
  return `  ${path.target.address} on ${path.network}: ${route}dropped on its way through the host: ${dropped}`
}

/** Whether a container has no network with a way out, hence no default route. */
function isolated({ networks }: Communication, { interfaces }: Service): boolean {
  return interfaces.every(({ network }) => networks.find(({ name }) => name === network)?.internal)
}
