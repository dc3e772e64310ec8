import { randomBytes } from 'node:crypto'
import type { Attacker } from './attacker.ts'
import { attacks } from './model/attacks.ts'
import type { Edges } from './model/edges.ts'
import { inRounds } from './model/rounds.ts'
import { perfectForgeries, relays, type Strike, scenesOf, strikesOf } from './model/scenes.ts'
import type { Topology } from './model/topology.ts'
import { perl, runIn } from './run-in.ts'
import type { TestPorts } from './targets.ts'

export type AttackResult = { strike: Strike; delivered: boolean; problems: string[] }

/** Writes every frame of every attack, and sees which of them were handed on. */
export async function runAttacks(
  attacker: Attacker,
  { speak }: TestPorts,
  topology: Topology,
  edges: Edges,
): Promise<{ results: AttackResult[]; problems: string[] }> {
  const scenes = scenesOf(topology, edges, attacker.identities)
  const problems = topology.networks
    .filter(({ name }) => !scenes.some(({ network }) => network === name))
    .map(({ name }) => `network ${name}: no edge of the matrix to attack along, so nothing was tried there`)
  const strikes = [...perfectForgeries(scenes), ...strikesOf(scenes, attacks), ...relays(topology, scenes)]
  const marker = `iso${randomBytes(3).toString('hex')}`
  const frames = strikes.map(({ network, frame }, index) => ({
    network,
    frame: frame(Buffer.from(mark(marker, index))),
  }))
  await speak()
  const [first] = scenes
  if (first === undefined) return { results: [], problems }
  const words = mark(marker, SIGNAL)
  const give = async () => {
    const printed = await ping(topology, first.friend.name, first.victim.address, words)
    if (!printed.includes('\topen\t'))
      throw new Error(`an allowed ping from ${first.friend.name} was not answered: ${printed}`)
  }
  const signal = { words, give }
  const sent = await attacker.send(inRounds(frames), marker, speak, signal).catch((error: Error) => error)
  if (sent instanceof Error) return { results: [], problems: [...problems, sent.message] }
  const seen = sent.map((frame) => frame.toString('latin1'))
  const handedOn = (index: number) => seen.some((frame) => frame.includes(mark(marker, index)))
  const results = strikes.map((strike, index) => {
    const delivered = handedOn(index)
    const [expected, found] = strike.delivered ? ['delivered', 'dropped'] : ['dropped', 'delivered']
    const problem = `${strike.network}: ${strike.name}: expected to be ${expected}, but was ${found}`
    return { strike, delivered, problems: delivered === strike.delivered ? [] : [problem] }
  })
  return { results, problems }
}

const SIGNAL = 999
const mark = (marker: string, index: number) => `${marker}${String(index).padStart(3, '0')}`

function ping({ services }: Topology, from: string, address: string, nonce: string): Promise<string> {
  const container = services.find(({ name }) => name === from)?.container ?? ''
  return runIn(container, perl('probe', nonce, `icmp/${address}`))
}
