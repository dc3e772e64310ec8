import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { docker } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { type Shop, serviceOf } from './shop.ts'

const suffix = '-next'

/** The container beside that one while it is replaced. */
export const secondCopyOf = (container: string) => container + suffix

/** The container of a service's second copy. */
export function copyName(shop: Shop, service: string): string {
  return secondCopyOf(serviceOf(shop, service).container_name)
}

/** Starts a container that is the service in everything but its name and its addresses, with another image. */
export async function startCopy(shop: Shop, service: string, image: string): Promise<void> {
  const { build: _, depends_on: _alone, profiles: _always, ...rest } = serviceOf(shop, service)
  const copy = {
    ...{ ...rest, image, container_name: copyName(shop, service), networks: attachments(shop, service) },
    // By any port that is free: clients are led there.
    ports: rest.ports?.map(({ target }) => ({ target, host_ip: '127.0.0.1' })),
  }
  const file = {
    name: shop.project,
    services: { [service + suffix]: copy },
    networks: asTheyAre(shop.networks),
    volumes: asTheyAre(shop.volumes),
    secrets: shop.secrets,
  }
  const words = ['compose', '--file', '-', 'up', '--detach', '--no-build', '--no-deps']
  const run = promisify(execFile)('docker', words, { env: { ...process.env, COMPOSE_IGNORE_ORPHANS: 'true' } })
  run.child.stdin?.end(JSON.stringify(file))
  await run.catch(({ stderr }: { stderr: string }) => {
    throw new Failure(`expected a second copy of ${service} to start but found ${stderr.trim().split('\n').at(-1)}`)
  })
}

/** Ends it when the requests that it has in hand are answered. */
export async function removeCopy(shop: Shop, service: string): Promise<void> {
  await docker('stop', copyName(shop, service)).catch(() => {})
  await docker('rm', '--force', '--volumes', copyName(shop, service))
}

/** Of which services there are second copies. */
export async function copiesThere({ project, beside }: Shop): Promise<string[]> {
  const format = '{{.Label "com.docker.compose.service"}}'
  const filter = `label=com.docker.compose.project=${project}`
  const names = (await docker('ps', '--all', '--filter', filter, '--format', format)).split('\n')
  return beside.filter((service) => names.includes(service + suffix))
}

/** By the service's own name it is asked for too, by who asks Docker for it. */
function attachments({ communication, services }: Shop, service: string): Record<string, object> {
  const at = communication.services.find(({ name }) => name === service)?.next ?? []
  return Object.fromEntries(
    at.map(({ network, address, mac }) => [
      network,
      { ...services[service]?.networks?.[network], ipv4_address: address, mac_address: mac, aliases: [service] },
    ]),
  )
}

/** Nothing that is there already is made, or made anew. */
function asTheyAre(named: Record<string, { name: string }>): object {
  return Object.fromEntries(Object.entries(named).map(([key, { name }]) => [key, { name, external: true }]))
}
