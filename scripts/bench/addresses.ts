import { containerName, docker } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'

/** Of `docker inspect`, what is used here. */
export type Inspected = {
  Name: string
  State: { Status: string }
  Config: { Env: string[] }
  Image: string
  HostConfig: { Memory: number; NanoCpus: number }
  NetworkSettings: {
    Networks: Record<string, { IPAddress: string }>
    Ports: Record<string, { HostIp: string; HostPort: string }[] | null>
  }
}

/** Where the shop is reached: as visitors do, and past Docker's proxy. The host owns the bridges, so it reaches every container. */
export type Addresses = { published: string; nginx: string }

export async function shopAddresses(): Promise<Addresses> {
  const nginx = await inspectRunning(containerName('nginx'))
  return { published: publishedUrl(nginx), nginx: `http://${addressOn(nginx, 'frontend')}` }
}

export async function inspectRunning(name: string): Promise<Inspected> {
  const container: Inspected = JSON.parse(await docker('inspect', name))[0]
  if (container.State.Status === 'running') return container
  throw new Failure(`expected the container ${name} to run but it is ${container.State.Status}`, 'npm start')
}

/** The container's address on one of its stack's networks. */
export function addressOn({ Name, NetworkSettings }: Inspected, network: string): string {
  const found = Object.entries(NetworkSettings.Networks).find(([name]) => name.endsWith(`_${network}`))
  if (!found) throw new Failure(`expected ${Name} on the network ${network} but it is not`, 'npm start')
  return found[1].IPAddress
}

/** Always over loopback: on a shop that listens on all addresses that is one of them. */
export function publishedUrl({ Name, NetworkSettings }: Inspected): string {
  const [binding] = NetworkSettings.Ports['80/tcp'] ?? []
  if (!binding) throw new Failure(`expected ${Name} to publish its port 80 but it does not`, 'npm start')
  const host = ['0.0.0.0', '::', ''].includes(binding.HostIp) ? '127.0.0.1' : binding.HostIp
  return `http://${host}${binding.HostPort === '80' ? '' : `:${binding.HostPort}`}`
}
