import { networkInterfaces } from 'node:os'
import { docker, stack } from '../stack.ts'
import { readTopology, type Topology } from './model/topology.ts'

const label = `com.docker.compose.project=${stack.project}`
/** Compose puts the project's label on its images too, and so on whatever else is made from them. */
const ownContainers = { label: [label, 'com.docker.compose.config-hash'] }

/** Everything of this Compose project, running or not, and who is attached to its networks, these in the order given. */
export async function inspectStack(order: string[] = []): Promise<Topology> {
  const [containers, networks] = await Promise.all([
    docker.listContainers({ all: true, filters: ownContainers }),
    docker.listNetworks({ filters: { label: [label] } }),
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
