import type { Attack, Identity, Scene } from './attacks.ts'
import type { Edges } from './edges.ts'
import { ethernet, tcpSyn } from './frame.ts'
import { hosts, type Topology } from './topology.ts'

/** One frame that the attacker writes onto a bridge, and the counters of which one must count it. */
export type Strike = {
  network: string
  name: string
  counters: string[]
  frame: (marker: Buffer) => Buffer
  delivered: boolean
}

/** A port that no service of a stack listens on. */
const DISCARD = 9

const membersOf = ({ services, networks }: Topology, network: string): Identity[] =>
  hosts({ services, networks }).flatMap(({ name, addresses }) =>
    addresses.filter((at) => at.network === network).map(({ mac, address }) => ({ name, mac, address })),
  )

/** For each network an edge of the matrix to attack along, and somebody else who is there. */
export function scenesOf(topology: Topology, edges: Edges, attackers: Map<string, Identity>): Scene[] {
  return topology.networks.flatMap(({ name: network, gateway }) => {
    const members = membersOf(topology, network)
    const attacker = attackers.get(network)
    const pair = members
      .flatMap((friend) => members.map((victim) => ({ friend, victim })))
      .find(({ friend, victim }) => edges.allows(friend.name, victim.name))
    const stranger = members.find(({ name }) => name !== pair?.friend.name && name !== pair?.victim.name)
    if (attacker === undefined || pair === undefined || stranger === undefined) return []
    const port = edges.ports(pair.friend.name, pair.victim.name)[0] ?? 0
    const back = edges.ports(pair.victim.name, pair.friend.name)
    const friendPort = edges.portsOf(pair.friend.name).find((port) => !back.includes(port)) ?? DISCARD
    return [{ network, gateway, attacker, ...pair, stranger, port, friendPort }]
  })
}

export function strikesOf(scenes: Scene[], attacks: Attack[]): Strike[] {
  return scenes.flatMap((scene) =>
    attacks.map(({ name, counter, frame }) => ({
      network: scene.network,
      name,
      counters: [typeof counter === 'string' ? counter : counter(scene)],
      frame: (marker) => frame(scene, marker),
      delivered: false,
    })),
  )
}

/**
 * The one forgery that no packet filter can tell from the truth, MAC and address both. That it arrives proves that the
 * attacker's frames do reach the bridge; that no container may write raw frames is a cell of its own.
 */
export function perfectForgeries(scenes: Scene[]): Strike[] {
  return scenes.map(({ network, victim, friend, port }) => ({
    network,
    name: 'MAC and address of an allowed container, both',
    counters: [],
    frame: (marker) =>
      ethernet(
        victim.mac,
        friend.mac,
        0x0800,
        tcpSyn(friend.address, victim.address, { from: 40_000, to: port }, marker),
      ),
    delivered: true,
  }))
}

/** Frames to a container on two networks that are meant for somebody on the other one: it would pass them on, as a router does. */
export function relays(topology: Topology, scenes: Scene[]): Strike[] {
  return hosts(topology).flatMap((middle) =>
    scenes.flatMap(({ network, friend, stranger }) => {
      const here = middle.addresses.find((at) => at.network === network)
      const source = friend.name === middle.name ? stranger : friend
      if (here === undefined) return []
      return middle.addresses.flatMap((there) => {
        const beyond = membersOf(topology, there.network).find(({ name }) => name !== middle.name)
        if (there === here || beyond === undefined) return []
        const ports = { from: 40_000, to: 9 }
        return {
          network,
          name: `to ${beyond.name} on ${there.network}, by way of ${middle.name}`,
          counters: ['class_foreign_destination'],
          frame: (marker: Buffer) =>
            ethernet(here.mac, source.mac, 0x0800, tcpSyn(source.address, beyond.address, ports, marker)),
          delivered: false,
        }
      })
    }),
  )
}
