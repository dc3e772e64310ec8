import { docker, stack } from '../stack.ts'

export type Intruder = { id: string; name: string; remove: () => Promise<void> }

/** A container that nobody declared, attached to one of the stack's networks, with an address of its choice if Docker gives it. */
export async function startIntruder(
  image: string,
  network: string,
  { address, labels = {} }: { address?: string; labels?: Record<string, string> } = {},
): Promise<Intruder> {
  const name = `${stack.prefix}-intruder`
  const at = `${stack.project}_${network}`
  const container = await docker.createContainer({
    name,
    Image: image,
    Entrypoint: ['sleep', '300'],
    // An image that Compose built names a service of the project; whoever runs it by hand is none.
    Labels: { 'com.docker.compose.project': '', 'com.docker.compose.service': '', ...labels },
    Healthcheck: { Test: ['NONE'] },
    HostConfig: { NetworkMode: at, AutoRemove: true, CapDrop: ['ALL'] },
    NetworkingConfig: { EndpointsConfig: { [at]: address ? { IPAMConfig: { IPv4Address: address } } : {} } },
  })
  await container.start()
  return { id: container.id, name, remove: async () => void (await container.remove({ force: true })) }
}
