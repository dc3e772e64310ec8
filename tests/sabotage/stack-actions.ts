import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ruleSetHash } from '../isolation/host-facts.ts'
import { inspectStack } from '../isolation/inspect-stack.ts'
import type { Address, Topology } from '../isolation/model/topology.ts'
import { loadedTables } from '../isolation/policy-service.ts'
import { runIn } from '../isolation/run-in.ts'
import { docker, eventually, stack } from '../stack.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
export const composeFile = process.env.MATRIX_COMPOSE ?? join(root, 'docker-compose.yml')

/** The stack as it was before anything was broken. */
const topology: Topology = await inspectStack()
const healthyHash = ruleSetHash(await loadedTables())

export function serviceOf(name: string): Topology['services'][number] {
  const found = topology.services.find((service) => service.name === name)
  if (found === undefined) throw new Error(`expected a service ${name}, but found none`)
  return found
}

export function at(name: string, network: string): Address {
  const found = serviceOf(name).addresses.find((address) => address.network === network)
  if (found === undefined) throw new Error(`expected ${name} on ${network}, but found it elsewhere`)
  return found
}

const policy = serviceOf('network-policy').container
const table = `${stack.prefix}_policy`

/** Changes rules behind the watchdog's back; TABLE stands for its name. */
export async function nft(script: string): Promise<void> {
  await signalWatchdog('SIGSTOP')
  const printed = await runIn(policy, ['nft', '--file', '-'], `${script.replaceAll('TABLE', table)}\n`)
  if (printed !== '') throw new Error(`nft: ${printed}`)
}

/** The watchdog wakes up and puts the rules right. */
export async function rulesRestored(): Promise<void> {
  await signalWatchdog('SIGCONT')
  await eventually(20, async () => ruleSetHash(await loadedTables()) === healthyHash)
}

async function signalWatchdog(signal: NodeJS.Signals): Promise<void> {
  const { Processes } = await docker.getContainer(policy).top({ ps_args: '-o pid' })
  for (const [pid] of Processes) process.kill(Number(pid), signal)
}

/** Every container healthy, every rule as it was. */
export async function whole(): Promise<void> {
  for (const { container: name } of topology.services) {
    await eventually(60, async () => (await docker.getContainer(name).inspect()).State.Health?.Status === 'healthy')
  }
  await eventually(20, async () => ruleSetHash(await loadedTables()) === healthyHash)
}

const compose = (...args: string[]) =>
  run('docker', ['compose', '--file', composeFile, '--project-directory', root, ...args])
const up = ['up', '--detach', '--no-deps', '--no-build', '--force-recreate', '--wait', '--wait-timeout', '60']

/** Compose with some of the file changed; without lines, as it is written. */
async function composeChanged(lines: string, ...args: string[]): Promise<void> {
  if (lines === '') return void (await compose(...args))
  const folder = await mkdtemp(join(tmpdir(), 'sabotage-'))
  try {
    const file = join(folder, 'changed.yml')
    await writeFile(file, lines)
    await compose('--file', file, ...args)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const under = (key: string, name: string, lines: string) =>
  lines === '' ? '' : `${key}:\n  ${name}:\n${lines.replace(/^/gm, '    ')}\n`

/** Makes a service's container again, with lines of its part of the Compose file changed. */
export async function recreate(service: string, lines = ''): Promise<void> {
  await runningAfter(service, composeChanged(under('services', service, lines), ...up, service))
}

/** The same by a Compose file of changes, which stays. */
export async function recreateBy(file: string, service: string): Promise<void> {
  await runningAfter(service, compose('--file', file, ...up, service))
}

/** It may not become healthy, broken as it is: the suite is what must say so. */
async function runningAfter(service: string, start: Promise<unknown>): Promise<void> {
  await start.catch(async (error: Error) => {
    if (!(await docker.getContainer(serviceOf(service).container).inspect()).State.Running) throw error
  })
}

/** Makes a network again, and everybody on it. */
export async function recreateNetwork(network: string, lines = ''): Promise<void> {
  const members = topology.services.filter(({ addresses }) => addresses.some((at) => at.network === network))
  const names = members.map(({ name }) => name)
  await compose('rm', '--stop', '--force', ...names)
  await docker.getNetwork(`${stack.project}_${network}`).remove()
  await composeChanged(under('networks', network, lines), ...up, ...names)
}

/** Runs a program of the host in a container's network: what the host's root, or a hole in the kernel, could do. */
export async function inNetworkOf(service: string, ...command: string[]): Promise<void> {
  const { State } = await docker.getContainer(serviceOf(service).container).inspect()
  await run('nsenter', ['--target', String(State.Pid), '--net', ...command])
}

export const stopped = (service: string) => docker.getContainer(serviceOf(service).container)
export { docker, stack }
