import { docker, stack } from '../stack.ts'
import { type NftListing, readCounters } from './model/loaded-policy.ts'
import { runIn } from './run-in.ts'

const container = `${stack.prefix}-network-policy`
const table = `${stack.prefix}_policy`

/** Asks nft in the network-policy container, as that container's own user. */
async function nft(...command: string[]): Promise<NftListing> {
  const printed = await runIn(container, ['nft', '--json', ...command])
  if (!printed.startsWith('{')) throw new Error(`nft ${command.join(' ')}: ${printed.trim()}`)
  return JSON.parse(printed)
}

/** A variable that the rules are filled in with. */
export async function policySetting(name: string): Promise<string | undefined> {
  const { Config } = await docker.getContainer(container).inspect()
  return Config.Env.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1)
}

export type LoadedTables = { bridge: NftListing; inet: NftListing }

export async function loadedTables(): Promise<LoadedTables> {
  const [bridge, inet] = await Promise.all([nft('list', 'table', 'bridge', table), nft('list', 'table', 'inet', table)])
  return { bridge, inet }
}

/** All named counters of both tables; one that both have is the sum. */
export async function counters(): Promise<Map<string, number>> {
  const [bridge, inet] = await Promise.all([
    nft('list', 'counters', 'table', 'bridge', table),
    nft('list', 'counters', 'table', 'inet', table),
  ])
  const all = readCounters(bridge)
  for (const [name, packets] of readCounters(inet)) all.set(name, (all.get(name) ?? 0) + packets)
  return all
}

/** What the watchdog says of the rules: its health is that they are what was generated. */
export async function policyProblems(): Promise<string[]> {
  const inspected = await docker
    .getContainer(container)
    .inspect()
    .catch(() => null)
  const status = inspected?.State.Health?.Status ?? 'none'
  return status === 'healthy' ? [] : [`${container}: expected it to be healthy, but found ${status}`]
}
