import { expect, test } from 'vitest'
import { loadedEdges, type NftListing, readCounters } from './loaded-policy.ts'
import type { Service } from './topology.ts'

const service = (name: string, address: string): Service => ({
  name,
  container: name,
  id: name,
  image: '',
  status: 'running',
  hostNetwork: false,
  addresses: [{ network: 'n', address, mac: '' }],
  published: [],
})
const services = [service('a', '192.0.2.1'), service('b', '192.0.2.2')]
const inet: NftListing = { nftables: [{ map: { name: 'published', elem: [[{ concat: ['192.0.2.1', 80] }, 'x']] } }] }
const bridge = (...elements: (string | number)[][]): NftListing => ({
  nftables: [{ map: { name: 'edges', elem: elements.map((concat) => [{ concat }, 'x']) } }],
})

test('elements of the maps become edges; an address of nobody keeps its number', () => {
  const edges = loadedEdges(bridge(['192.0.2.1', '192.0.2.2', 5432], ['192.0.2.9', '192.0.2.2', 22]), inet, services)
  expect(edges.list()).toEqual([
    { from: 'a', to: 'b', ports: [5432] },
    { from: '192.0.2.9', to: 'b', ports: [22] },
    { from: 'outside', to: 'a', ports: [80] },
  ])
})

test('a table without the map is an error, not an empty matrix', () => {
  expect(() => loadedEdges({ nftables: [] }, inet, services)).toThrow('expected a map "edges"')
})

test('counters are read by name', () => {
  const listing = { nftables: [{ counter: { name: 'drop_a__b__n', packets: 3 } }, {}] }
  expect(readCounters(listing)).toEqual(new Map([['drop_a__b__n', 3]]))
})
