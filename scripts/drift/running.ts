import { readFile } from 'node:fs/promises'
import type { ContainerInspectInfo } from 'dockerode'
import { docker } from '../stack/docker.ts'
import type { Process } from './processes.ts'
import { readProcesses } from './processes.ts'
import { readSockets, type Socket } from './sockets.ts'

/** A container as the host sees it: nothing in it is asked, so nothing in it can lie. */
export type Running = {
  service: string
  info: ContainerInspectInfo
  processes: Process[]
  sockets: Socket[]
  /** Lines of "docker diff". */
  changes: string[]
}

/** @returns undefined where it has ended meanwhile */
export async function lookInto(service: string, info: ContainerInspectInfo): Promise<Running | undefined> {
  return readAll(service, info).catch(async (error) => {
    const pid = await docker('inspect', '--format', '{{.State.Pid}}', info.Id).catch(() => '0')
    if (pid.trim() === '0' || Number(pid) !== info.State.Pid) return undefined
    throw error
  })
}

async function readAll(service: string, info: ContainerInspectInfo): Promise<Running> {
  const [processes, sockets, changes] = await Promise.all([
    processesOf(info.Id),
    // In the host's network all sockets would be the host's.
    info.HostConfig.NetworkMode === 'host' ? [] : socketsOf(info.State.Pid),
    docker('diff', info.Id),
  ])
  return { service, info, processes, sockets, changes: changes.split('\n').filter(Boolean) }
}

async function processesOf(id: string): Promise<Process[]> {
  const found = readProcesses(await docker('top', id, '-eo', 'pid,uid,stat,args'))
  return Promise.all(found.map(async (each) => ({ ...each, capabilities: await capabilitiesOf(each.pid) })))
}

/** The effective ones, as a mask; of a process that has ended, none. */
async function capabilitiesOf(pid: number): Promise<bigint> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return BigInt(`0x${/^CapEff:\s*(\w+)$/m.exec(status)?.[1] ?? '0'}`)
}

async function socketsOf(pid: number): Promise<Socket[]> {
  const tables = (['tcp', 'tcp6', 'udp', 'udp6'] as const).map(async (protocol) =>
    readSockets(protocol, await readFile(`/proc/${pid}/net/${protocol}`, 'utf8').catch(whereThereIsNone(protocol))),
  )
  return (await Promise.all(tables)).flat()
}

/** A kernel without IPv6 has no such table. */
const whereThereIsNone = (protocol: string) => (error: NodeJS.ErrnoException) => {
  if (protocol.endsWith('6') && error.code === 'ENOENT') return ''
  throw error
}
