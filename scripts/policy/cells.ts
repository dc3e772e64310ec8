import { type Communication, INTERNET, type Interface, OUTSIDE, RESOLVER, type Service } from './communication.ts'

/** A way from one address to another, and the cell of the matrix that it belongs to. */
export type Path = {
  from: string
  to: string
  /** Network of the target's address; the source is on it too unless the path is routed. */
  network: string
  source: Interface
  target: Interface
  /** Ports of the target that may be connected to: none on a routed path. */
  ports: number[]
  routed: boolean
}

export type Exit = { from: string; to: string; source: Interface; ports: number[]; at?: string | undefined }

/** Every ordered pair of addresses of two different services. */
export function paths(communication: Communication): Path[] {
  return pairsOf(communication).flatMap(([from, to, ports]) => between(from, to, from.interfaces, to.interfaces, ports))
}

/** Those with a second copy at one end. Never at both, for one service is replaced at a time. */
export function nextPaths(communication: Communication): { copy: Service; isTarget: boolean; path: Path }[] {
  return pairsOf(communication).flatMap(([from, to, ports]) => [
    ...between(from, to, from.next, to.interfaces, ports).map((path) => ({ copy: from, isTarget: false, path })),
    ...between(from, to, from.interfaces, to.next, ports).map((path) => ({ copy: to, isTarget: true, path })),
  ])
}

function pairsOf({ services, edges }: Communication): [from: Service, to: Service, ports: number[]][] {
  return services.flatMap((from) =>
    services
      .filter((to) => to !== from)
      .map((to): [Service, Service, number[]] => [
        from,
        to,
        edges.find((edge) => edge.from === from.name && edge.to === to.name)?.ports ?? [],
      ]),
  )
}

function between(from: Service, to: Service, sources: Interface[], targets: Interface[], ports: number[]): Path[] {
  return sources.flatMap((source) =>
    targets.map((target) => {
      const routed = source.network !== target.network
      return {
        from: from.name,
        to: to.name,
        network: target.network,
        source,
        target,
        ports: routed ? [] : ports,
        routed,
      }
    }),
  )
}

export type Entrance = { to: string; target: Interface; ports: number[]; ofCopy: boolean }

/** Addresses that may be connected to from outside: those on networks with a way out, since only these can be published. */
export function published({ services, networks, edges }: Communication): Entrance[] {
  const open = networks.filter(({ internal }) => !internal).map(({ name }) => name)
  return edges
    .filter(({ from }) => from === OUTSIDE)
    .flatMap(({ to, ports }) => {
      const { interfaces = [], next = [] } = services.find(({ name }) => name === to) ?? {}
      return [
        ...interfaces.map((target) => ({ to, target, ports, ofCopy: false })),
        ...next.map((target) => ({ to, target, ports, ofCopy: true })),
      ]
    })
    .filter(({ target }) => open.includes(target.network))
}

/** Addresses that may open connections beyond the host: those on networks with a way out. `at` is where to, if not anywhere. */
export function exits({ services, networks, edges }: Communication): Exit[] {
  return edges
    .filter(({ to }) => to === INTERNET || to === RESOLVER)
    .flatMap(({ from, to, ports, at }) =>
      (services.find(({ name }) => name === from)?.interfaces ?? [])
        .filter(({ network }) => networks.some(({ name, internal }) => name === network && !internal))
        .map((source) => ({ from, to, source, ports, at })),
    )
}

/** Name of the counter of what may pass from one to the other. */
export function acceptCounter(from: string, to: string): string {
  return `accept_${from}__${to}`
}

/** Name of the counter of what was dropped on the way to the target's address on that network. */
export function dropCounter({ from, to, network }: Pick<Path, 'from' | 'to' | 'network'>): string {
  return `drop_${from}__${to}__${network}`
}
