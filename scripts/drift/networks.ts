import type { NetworkInspectInfo } from 'dockerode'
import { docker } from '../stack/docker.ts'
import type { Declared } from './declared.ts'
import type { Deviation } from './deviation.ts'

/** The declared networks, and whatever else has the project's label. */
export async function readNetworks({ file }: Declared): Promise<NetworkInspectInfo[]> {
  const label = `label=com.docker.compose.project=${file.name}`
  const all = (await docker('network', 'ls', '--format', '{{.Name}}')).split('\n')
  const own = (await docker('network', 'ls', '--filter', label, '--format', '{{.Name}}')).split('\n').filter(Boolean)
  const declared = Object.values(file.networks).map(({ name }) => name)
  const names = [...new Set([...own, ...declared.filter((name) => all.includes(name))])]
  return names.length === 0 ? [] : JSON.parse(await docker('network', 'inspect', ...names))
}

export function networkDeviations(found: NetworkInspectInfo[], { file, communication }: Declared): Deviation[] {
  const declared = communication.networks.map((network) => {
    const name = file.networks[network.name]?.name ?? network.name
    return { name, how: describe('bridge', network.internal, network.ipv6, network.bridge, [network.subnet]) }
  })
  const strange = found
    .filter(({ Name }) => !declared.some(({ name }) => name === Name))
    .map(({ Name }): Deviation => deviation(Name, 'no network but the declared ones', 'this one'))
  const changed = declared.flatMap(({ name, how }) => {
    const network = found.find(({ Name }) => Name === name)
    if (!network) return [deviation(name, 'this network', 'none')]
    const { Driver, Internal, EnableIPv6, Options, IPAM } = network
    const bridge = Options?.['com.docker.network.bridge.name']
    const is = describe(
      Driver,
      Internal,
      EnableIPv6,
      bridge,
      (IPAM?.Config ?? []).map(({ Subnet }) => Subnet),
    )
    return is === how ? [] : [deviation(name, how, is)]
  })
  return [...strange, ...changed]
}

const describe = (driver: string, internal: boolean, ipv6: boolean, bridge = 'none', subnets: (string | undefined)[]) =>
  `${driver} ${bridge} with ${subnets.join(', ')}${internal ? ', internal' : ''}${ipv6 ? ', IPv6' : ''}`

const deviation = (target: string, expected: string, found: string): Deviation => ({
  kind: 'network',
  target,
  expected,
  found,
})
