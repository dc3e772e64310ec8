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
const map = (name: string, ...elements: (string | number)[][]) => ({
  map: { name, elem: elements.map((concat): [{ concat: (string | number)[] }, string] => [{ concat }, 'x']) },
})
const inet: NftListing = {
  nftables: [
    map('published', ['192.0.2.1', 80]),
    map('exits', ['192.0.2.2', 443]),
    map('resolvers', ['192.0.2.2', '203.0.113.1', 53]),
  ],
}
const bridge = (...elements: (string | number)[][]): NftListing => ({
  nftables: [map('edges', ...elements)],
})

test('elements of the maps become edges; an address of nobody keeps its number', () => {
  const edges = loadedEdges(bridge(['192.0.2.1', '192.0.2.2', 5432], ['192.0.2.9', '192.0.2.2', 22]), inet, services)
  expect(edges.list()).toEqual([
    { from: 'a', to: 'b', ports: [5432] },
    { from: '192.0.2.9', to: 'b', ports: [22] },
    { from: 'outside', to: 'a', ports: [80] },
    { from: 'b', to: 'Internet', ports: [443] },
    { from: 'b', to: 'resolver', ports: [53] },
  ])
})

test('a table without the map is an error, not an empty matrix', () => {
  expect(() => loadedEdges({ nftables: [] }, inet, services)).toThrow('expected a map "edges"')
})

test('counters are read by name', () => {
  const listing = { nftables: [{ counter: { name: 'drop_a__b__n', packets: 3 } }, {}] }
  expect(readCounters(listing)).toEqual(new Map([['drop_a__b__n', 3]]))
})
