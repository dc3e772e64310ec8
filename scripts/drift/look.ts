import { connectionDeviations } from './connections.ts'
import { listContainers, ownContainers, strangers } from './containers.ts'
import { type Declared, readDeclared } from './declared.ts'
import type { Deviation } from './deviation.ts'
import { fileDeviations } from './files.ts'
import { imageDeviations } from './images.ts'
import { networkDeviations, readNetworks } from './networks.ts'
import { portDeviations } from './ports.ts'
import { processDeviations } from './processes.ts'
import { lookInto, type Running } from './running.ts'
import { settingDeviations } from './settings.ts'

/** Everything that is not as declared. What was under way for a moment only is not told: a second look has to see it too. */
export async function look(): Promise<Deviation[]> {
  const first = await lookOnce()
  if (first.length === 0) return []
  const second = new Set((await lookOnce()).map(keyOf))
  return first.filter((deviation) => second.has(keyOf(deviation)))
}

/** The same deviation has the same key at any time. */
export const keyOf = (deviation: Deviation): string => JSON.stringify(deviation)

async function lookOnce(): Promise<Deviation[]> {
  const declared = await readDeclared()
  const [listed, networks] = await Promise.all([listContainers(), readNetworks(declared)])
  const own = await ownContainers(listed, declared)
  const looked = await Promise.all([...own].map(([service, info]) => lookInto(service, info)))
  const running = looked.filter((each) => each !== undefined)
  const there = [...declared.replaced, ...running.map(({ service }) => service)]
  const missing = Object.keys(declared.file.services).filter((service) => !there.includes(service))
  return [
    ...missing.map(
      (target): Deviation => ({ kind: 'container', target, expected: 'a running container', found: 'none' }),
    ),
    ...strangers(listed, own, networks, declared),
    ...networkDeviations(networks, declared),
    ...(await imageDeviations(running)),
    ...running.flatMap((each) => containerDeviations(each, declared)),
  ]
}

function containerDeviations({ service, info, processes, sockets, changes }: Running, declared: Declared): Deviation[] {
  const { file, communication } = declared
  const { edges } = communication
  const wanted = file.services[service]
  const check = wanted?.healthcheck?.test?.slice(1) ?? []
  const toIt = edges.filter(({ to }) => to === service)
  const ports = [...new Set(toIt.flatMap((edge) => edge.ports))]
  const mounts = [...info.Mounts.map(({ Destination }) => Destination), ...Object.keys(info.HostConfig.Tmpfs ?? {})]
  const first = processes.find(({ pid }) => pid === info.State.Pid)
  return [
    ...settingDeviations(service, info, declared),
    ...processDeviations(processes, {
      target: service,
      uid: wanted?.user?.split(':')[0] ?? '',
      commands: [...(file['x-processes']?.[service] ?? []), check.join(' ')],
      isDatabase: ports.includes(5432),
      capabilities: first?.capabilities ?? 0n,
    }),
    ...fileDeviations(service, changes, mounts),
    // In the host's network it is the host that listens and connects.
    ...(info.HostConfig.NetworkMode === 'host'
      ? []
      : [...portDeviations(service, sockets, ports, check), ...connectionDeviations(service, sockets, communication)]),
  ]
}
