import { containerName, docker } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'

/** Of `docker inspect`, what is used here. */
export type Inspected = {
  Name: string
  State: { Status: string }
  Config: { Env: string[]; Image: string }
  Image: string
  NetworkSettings: {
    Networks: Record<string, { IPAddress: string }>
    Ports: Record<string, { HostIp: string; HostPort: string }[] | null>
  }
}

/** Where the shop is reached: as visitors do, and past each layer. The host owns the bridges, so it reaches every container. */
export type Addresses = {
  published: string
  nginx: string
  frontend: string
  gateway: string
  productApi: string
  orderApi: string
}

export async function shopAddresses(): Promise<Addresses> {
  const inspect = async (role: string) => runningOrFail(JSON.parse(await docker('inspect', containerName(role)))[0])
  const nginx = await inspect('nginx')
  return {
    published: publishedUrl(nginx),
    nginx: urlOn(nginx, 'frontend', 80),
    frontend: urlOn(await inspect('frontend'), 'frontend'),
    gateway: urlOn(await inspect('gateway'), 'backend'),
    productApi: urlOn(await inspect('product-api'), 'backend'),
    orderApi: urlOn(await inspect('order-api'), 'backend'),
  }
}

/** The container's address on one of the shop's networks, with the port that it is configured with. */
export function urlOn(container: Inspected, network: string, port = configuredPort(container)): string {
  const found = Object.entries(container.NetworkSettings.Networks).find(([name]) => name.endsWith(`_${network}`))
  if (!found) throw new Failure(`expected ${container.Name} on the network ${network} but it is not`, 'npm start')
  return `http://${found[1].IPAddress}${port === 80 ? '' : `:${port}`}`
}

/** Always over loopback: on a shop that listens on all addresses that is one of them. */
export function publishedUrl({ Name, NetworkSettings }: Inspected): string {
  const [binding] = NetworkSettings.Ports['80/tcp'] ?? []
  if (!binding) throw new Failure(`expected ${Name} to publish its port 80 but it does not`, 'npm start')
  const host = ['0.0.0.0', '::', ''].includes(binding.HostIp) ? '127.0.0.1' : binding.HostIp
  return `http://${host}${binding.HostPort === '80' ? '' : `:${binding.HostPort}`}`
}

function configuredPort({ Config, Name }: Inspected): number {
  const port = Config.Env.find((line) => line.startsWith('PORT='))?.slice('PORT='.length)
  if (!port) throw new Failure(`expected ${Name} to be configured with PORT but it is not`)
  return Number(port)
}

function runningOrFail(container: Inspected): Inspected {
  if (container.State.Status === 'running') return container
  throw new Failure(`expected the container ${container.Name} to run but it is ${container.State.Status}`, 'npm start')
}
