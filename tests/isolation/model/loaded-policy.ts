import { Edges } from './edges.ts'
import type { Service } from './topology.ts'

/** What `nft -j list table` prints, as far as it is read here. */
type NftObject = {
  map?: { name: string; elem?: [NftValue, string][] }
  counter?: { name: string; packets: number }
}
type NftValue = string | number | { concat: NftValue[] }
export type NftListing = { nftables: NftObject[] }

const parts = (value: NftValue): string[] => (typeof value === 'object' ? value.concat.flatMap(parts) : [String(value)])

/**
 * Turns the maps that decide in the kernel back into edges between services: "edges" in the bridge table has source, destination
 * and port, "published" in the inet table destination and port, "exits" source and port, "resolvers" like "edges". An address of no service is named by itself, so that it
 * differs from everything declared.
 */
export function loadedEdges(bridge: NftListing, inet: NftListing, services: Service[]): Edges {
  const edges = new Edges()
  const nameOf = (address: string) =>
    services.find(({ addresses }) => addresses.some((at) => at.address === address))?.name ?? address
  for (const [source = '', target = '', port] of elementsOf(bridge, 'edges')) {
    edges.add(nameOf(source), nameOf(target), [Number(port)])
  }
  for (const [target = '', port] of elementsOf(inet, 'published')) edges.add('outside', nameOf(target), [Number(port)])
  for (const [source = '', port] of elementsOf(inet, 'exits')) edges.add(nameOf(source), 'Internet', [Number(port)])
  for (const [source = '', , port] of elementsOf(inet, 'resolvers'))
    edges.add(nameOf(source), 'resolver', [Number(port)])
  return edges
}

function elementsOf({ nftables }: NftListing, name: string): string[][] {
  const found = nftables.find(({ map }) => map?.name === name)?.map
  if (found === undefined) throw new Error(`expected a map "${name}" among the loaded rules, but found none`)
  return (found.elem ?? []).map(([key]) => parts(key))
}

export function readCounters(listing: NftListing): Map<string, number> {
  return new Map(listing.nftables.flatMap(({ counter }) => (counter ? [[counter.name, counter.packets] as const] : [])))
}
