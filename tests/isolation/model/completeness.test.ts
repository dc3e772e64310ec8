import { expect, test } from 'vitest'
import type { Communication } from '../../../scripts/policy/communication.ts'
import { completenessProblems } from './completeness.ts'
import { Edges } from './edges.ts'
import { smallStack } from './small-stack.ts'
import type { Topology } from './topology.ts'

const names = smallStack.services.map(({ name }) => name)
const matrix = { edges: new Edges(), rows: ['outside', ...names], columns: [...names, 'host', 'Internet'] }
const communication: Communication = {
  services: smallStack.services.map(({ name, addresses }) => ({
    name,
    container: `t-${name}`,
    published: [],
    next: [],
    interfaces: addresses.map(({ network, address, mac }) => ({
      network,
      address,
      mac,
      host: Number(address.split('.').at(-1)),
    })),
  })),
  networks: smallStack.networks.map(({ name, internal, bridge }) => ({
    name,
    internal,
    bridge,
    ipv6: false,
    subnet: '',
  })),
  edges: [],
  absent: new Map(),
}
const problems = (change: (topology: Topology) => void) => {
  const topology = structuredClone(smallStack)
  change(topology)
  return completenessProblems(topology, communication, matrix)
}
const first = ({ services: [service] }: Topology) => service as Topology['services'][number]

test('what is declared is what runs', () => expect(problems(() => undefined)).toEqual([]))

test.each<{ why: string; change: (topology: Topology) => void; problem: string }>([
  {
    why: 'a container more',
    change: ({ services }) => services.push({ ...first(smallStack), name: 'intruder', addresses: [] }),
    problem: 'container of service intruder: runs, but is not declared',
  },
  {
    why: 'a container less',
    change: ({ services }) => services.pop(),
    problem: 'container of service one-db: expected it to run, but found none',
  },
  {
    why: 'a container that is paused',
    change: (topology) => Object.assign(first(topology), { status: 'paused' }),
    problem: 'container of service gate: expected it to run, but found it paused',
  },
  {
    why: 'an address more',
    change: (topology) => first(topology).addresses.push({ network: 'data', address: '203.0.113.99', mac: '' }),
    problem: 'address .99 of gate on data: runs, but is not declared',
  },
  {
    why: 'a network that is not internal',
    change: ({ networks }) => Object.assign(networks[1] ?? {}, { internal: false }),
    problem: 'network back: expected internal to be true, but found false',
  },
  {
    why: 'a stranger on a network',
    change: ({ networks }) => networks[1]?.members.push('0123456789abcdef'),
    problem: 'network back: container 0123456789ab is attached to it, but is none of the stack',
  },
  {
    why: 'a service in the host’s network',
    change: (topology) => Object.assign(first(topology), { hostNetwork: true }),
    problem: "container of service gate: is in the host's network, past every rule",
  },
])('$why is named', ({ change, problem }) => expect(problems(change)).toContain(problem))
