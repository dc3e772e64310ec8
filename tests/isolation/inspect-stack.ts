import { networkInterfaces } from 'node:os'
import { docker, ownContainers, stack } from '../stack.ts'
import { readTopology, type Topology } from './model/topology.ts'

/** Everything of this Compose project, running or not, and who is attached to its networks, these in the order given. */
export async function inspectStack(order: string[] = []): Promise<Topology> {
  const [containers, networks] = await Promise.all([
    docker.listContainers({ all: true, filters: ownContainers }),
    docker.listNetworks({ filters: { label: [`com.docker.compose.project=${stack.project}`] } }),
  ])
  const topology = readTopology(
    await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).inspect())),
    await Promise.all(networks.map(({ Id }) => docker.getNetwork(Id).inspect())),
  )
  topology.networks.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
  return topology
}

/** Every IPv4 address of the host, but for the bridges of other projects, which come and go. */
export async function hostAddresses(topology: Topology): Promise<string[]> {
  const networks = await docker.listNetworks({ filters: { driver: ['bridge'] } })
  const ours = topology.networks.map(({ gateway }) => gateway)
  const foreign = networks
    .filter(({ Name }) => Name !== 'bridge')
    .map(({ IPAM }) => IPAM?.Config?.[0]?.Gateway)
    .filter((gateway) => gateway !== undefined && !ours.includes(gateway))
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !foreign.includes(address))
    .map(({ address }) => address)
}
