import type { ContainerInspectInfo, NetworkInspectInfo } from 'dockerode'

export type Address = { network: string; address: string; mac: string }
type Published = { port: number; address: string; hostPort: number }
export type Service = {
  name: string
  container: string
  id: string
  image: string
  /** Docker's word for its state; only a running one can be probed. */
  status: string
  hostNetwork: boolean
  addresses: Address[]
  published: Published[]
}
type Network = {
  name: string
  id: string
  bridge: string
  gateway: string
  internal: boolean
  members: string[]
}
/** What Docker says is there: not what anybody declared. */
export type Topology = { services: Service[]; networks: Network[] }

const SERVICE = 'com.docker.compose.service'
const NETWORK = 'com.docker.compose.network'

export function readTopology(containers: ContainerInspectInfo[], networks: NetworkInspectInfo[]): Topology {
  const named = networks.map(({ Id, Name, Labels, Internal, Options, IPAM, Containers }) => ({
    id: Id,
    name: Labels?.[NETWORK] ?? Name,
    bridge: Options?.['com.docker.network.bridge.name'] ?? '',
    gateway: IPAM?.Config?.[0]?.Gateway ?? '',
    internal: Internal,
    members: Object.keys(Containers ?? {}),
  }))
  const nameOf = (id: string, docker: string) => named.find((network) => network.id === id)?.name ?? docker
  return {
    networks: named,
    services: containers
      .map(({ Id, Name, Image, State, Config, HostConfig, NetworkSettings }) => ({
        name: Config.Labels[SERVICE] ?? Name.slice(1),
        container: Name.slice(1),
        id: Id,
        image: Image,
        status: State.Status,
        hostNetwork: HostConfig.NetworkMode === 'host',
        addresses: Object.entries(NetworkSettings.Networks)
          .filter(([, { IPAddress }]) => IPAddress !== '')
          .map(([name, { NetworkID, IPAddress, MacAddress }]) => ({
            network: nameOf(NetworkID, name),
            address: IPAddress,
            mac: MacAddress,
          })),
        published: publishedPorts(HostConfig.PortBindings),
      }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  }
}

/** What is probed: everything that runs with an address of its own. */
export const hosts = ({ services }: Topology): Service[] =>
  services.filter(({ hostNetwork, status }) => !hostNetwork && status === 'running')

export const hasWayOut = (service: Service, { networks }: Topology): boolean =>
  service.addresses.some((at) => networks.some(({ name, internal }) => name === at.network && !internal))

type PortBindings = Record<string, { HostIp?: string; HostPort?: string }[]>

/** Where the container's ports are found on the host; a port published on every address is found on loopback. */
function publishedPorts(bindings: PortBindings | undefined): Published[] {
  return Object.entries(bindings ?? {}).flatMap(([port, places]) =>
    places.map(({ HostIp, HostPort }) => ({
      port: Number.parseInt(port, 10),
      address: !HostIp || HostIp === '0.0.0.0' ? '127.0.0.1' : HostIp,
      hostPort: Number(HostPort),
    })),
  )
}
