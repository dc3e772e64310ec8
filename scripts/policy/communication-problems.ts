import { type Communication, type Edge, HOST, INTERNET, OUTSIDE, RESOLVER, type Service } from './communication.ts'

const MAC = /^(@\w+@|[0-9a-f]{2}(:[0-9a-f]{2})*)(:[0-9a-f]{2})*$/
/** A /24, so that the host's number is the address's last part whatever the variables hold. */
const SUBNET = /^(@\w+@|\d+\.\d+\.\d+)\.0\/24$/
const ADDRESS = /^(@\w+@|\d+\.\d+\.\d+\.\d+)$/

/** Everything that keeps a declaration from being enforced, one line each; a rule set is made only when there is nothing. */
export function communicationProblems({ services, networks, edges }: Omit<Communication, 'absent'>): string[] {
  const problems: string[] = []
  const expect = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem)
  }

  for (const { name, bridge, subnet, ipv6 } of networks) {
    expect(bridge !== '', `network ${name}: expected driver_opts com.docker.network.bridge.name but found none`)
    expect(SUBNET.test(subnet), `network ${name}: expected a subnet A.B.C.0/24 but found ${found(subnet)}`)
    expect(!ipv6, `network ${name}: expected no IPv6, which no rule would allow, but found enable_ipv6`)
  }

  for (const service of services) {
    expect(service.container !== '', `service ${service.name}: expected a container_name but found none`)
    expect(service.interfaces.length > 0, `service ${service.name}: expected networks but found none`)
    for (const { network, address, mac } of service.interfaces) {
      const place = `service ${service.name} on network ${network}`
      const subnet = networks.find(({ name }) => name === network)?.subnet
      expect(subnet !== undefined, `${place}: expected a network of this file but found none`)
      const prefix = subnet?.replace(/0\/24$/, '')
      expect(
        prefix === undefined || (address.startsWith(prefix) && /^\d+$/.test(address.slice(prefix.length))),
        `${place}: expected an ipv4_address in ${subnet} but found ${found(address)}`,
      )
      expect(MAC.test(mac), `${place}: expected a mac_address but found ${found(mac)}`)
    }
  }
  for (const key of ['address', 'mac'] as const) {
    for (const value of repeated(
      services.flatMap(({ interfaces, next }) => [...interfaces, ...next].map((at) => at[key])),
    )) {
      expect(value === '', `expected every ${key} once but found ${value} more than once`)
    }
  }

  expect(edges.length > 0, 'expected x-communication but found none')
  const wayOut = networks.filter(({ internal }) => !internal).map(({ name }) => name)
  for (const edge of edges) problems.push(...edgeProblems(edge, services), ...exitProblems(edge, services, wayOut))
  for (const pair of repeated(edges.map(({ from, to }) => `${from} → ${to}`))) {
    problems.push(`x-communication ${pair}: expected one entry but found more`)
  }
  for (const { name, next } of services) {
    // Docker hands out the upper half by itself.
    expect(
      next.every(({ host }) => host < 128) && !(next.length > 0 && edges.some((edge) => leavesTheStack(edge, name))),
      `x-replaced-beside: expected ${name} to have addresses up to 27, and no way out of the stack`,
    )
  }
  for (const { name, published } of services) {
    const declared = edges.find(({ from, to }) => from === OUTSIDE && to === name)?.ports ?? []
    for (const port of published) {
      expect(
        declared.includes(port),
        `service ${name}: expected x-communication from outside to published port ${port} but found none`,
      )
    }
  }
  return problems
}

function edgeProblems({ from, to, ports, why }: Edge, services: Service[]): string[] {
  const place = `x-communication ${from || '?'} → ${to || '?'}`
  const problems: string[] = []
  const source = services.find(({ name }) => name === from)
  const target = services.find(({ name }) => name === to)
  if (!source && ![OUTSIDE, HOST].includes(from))
    problems.push(`${place}: expected from to be a service, outside or host but found ${found(from)}`)
  if (!target && ![INTERNET, RESOLVER].includes(to))
    problems.push(`${place}: expected to to be a service, internet or resolver but found ${found(to)}`)
  if (source && source === target) problems.push(`${place}: expected two services but found one`)
  if (
    source &&
    target &&
    !source.interfaces.some((at) => target.interfaces.some(({ network }) => network === at.network))
  ) {
    problems.push(`${place}: expected a network that both are on but found none`)
  }
  if (ports.length === 0 || !ports.every((port) => Number.isInteger(port) && port > 0 && port < 65536)) {
    problems.push(`${place}: expected ports from 1 to 65535 but found ${found(ports.join(', '))}`)
  }
  if (from === OUTSIDE && target) {
    for (const port of ports.filter((port) => !target.published.includes(port))) {
      problems.push(
        `${place}: expected port ${port} among the published ones but found ${found(target.published.join(', '))}`,
      )
    }
  }
  if (why.trim() === '') problems.push(`${place}: expected a reason in why but found none`)
  return problems
}

/** What leaves the stack goes through the host, which only a network with a way out has for a router. */
function exitProblems({ from, to, at }: Edge, services: Service[], wayOut: string[]): string[] {
  const place = `x-communication ${from} → ${to}`
  if (to !== RESOLVER && at !== undefined) return [`${place}: expected at only of a resolver but found ${found(at)}`]
  if (to !== RESOLVER && to !== INTERNET) return []
  const problems: string[] = []
  const source = services.find(({ name }) => name === from)
  if (!source?.interfaces.some(({ network }) => wayOut.includes(network))) {
    problems.push(`${place}: expected from to be a service on a network that is not internal but found none`)
  }
  if (to === RESOLVER && !ADDRESS.test(at ?? '')) {
    problems.push(`${place}: expected at to be an IPv4 address but found ${found(at ?? '')}`)
  }
  return problems
}

function leavesTheStack({ from, to }: Edge, name: string): boolean {
  return from === name && [INTERNET, RESOLVER].includes(to)
}

function repeated(values: string[]): Set<string> {
  return new Set(values.filter((value, index) => values.indexOf(value) !== index))
}

function found(value: string): string {
  return value === '' ? 'none' : value
}
