import type { Service, Topology } from './topology.ts'

const service = (name: string, at: Record<string, string>): Service => ({
  name,
  container: `t-${name}`,
  id: name,
  image: 'image',
  status: 'running',
  hostNetwork: false,
  addresses: Object.entries(at).map(([network, address]) => ({
    network,
    address,
    mac: `02:00:00:00:00:${address.slice(-2)}`,
  })),
  published: [],
})

/** For tests: gate on a network with a way out, two services that share two networks, and a database. */
export const smallStack: Topology = {
  services: [
    service('gate', { front: '192.0.2.10', back: '198.51.100.10' }),
    service('one', { back: '198.51.100.11', data: '203.0.113.11' }),
    service('two', { back: '198.51.100.12', data: '203.0.113.12' }),
    service('one-db', { data: '203.0.113.21' }),
  ],
  networks: [
    { name: 'front', id: 'f', bridge: 't-front', gateway: '192.0.2.1', internal: false, members: [] },
    { name: 'back', id: 'b', bridge: 't-back', gateway: '198.51.100.1', internal: true, members: [] },
    { name: 'data', id: 'd', bridge: 't-data', gateway: '203.0.113.1', internal: true, members: [] },
  ],
}
