import { type Communication, HOST, INTERNET, OUTSIDE, RESOLVER } from '../policy/communication.ts'
import type { Deviation } from './deviation.ts'
import { isLoopback, type Socket } from './sockets.ts'

/** Where payments are made. Who else connects to them takes part in payments. */
const payments = ['payment-api', 'stripe-egress']

type Connection = { from: string; to: string; port: number }

/** Connections that are open, or asked for in vain, and that no edge allows. Both sides are looked at, so no end can hide one. */
export function connectionDeviations(target: string, sockets: Socket[], communication: Communication): Deviation[] {
  const { edges, services } = communication
  const names = new Map(services.flatMap(({ name, interfaces }) => interfaces.map(({ address }) => [address, name])))
  const nameOf = (address: string) => names.get(address) ?? address
  const tcp = sockets.filter(({ protocol }) => protocol === 'tcp')
  const listening = new Set(tcp.filter(({ state }) => state === 'listening').map(({ port }) => port))

  const isAllowed = ({ from, to, port }: Connection) =>
    edges.some(
      (edge) =>
        edge.ports.includes(port) &&
        (edge.from === from || ([OUTSIDE, HOST].includes(edge.from) && !names.has(from) && !isService(from))) &&
        (edge.to === to || (edge.to === INTERNET && !isService(to)) || (edge.to === RESOLVER && edge.at === to)),
    )
  const isService = (name: string) => services.some((each) => each.name === name)

  const strange = tcp
    .filter(({ state, remote }) => isOpen(state) && !isLoopback(remote))
    .map(
      ({ port, remote, remotePort }): Connection =>
        listening.has(port)
          ? { from: nameOf(remote), to: target, port }
          : { from: target, to: nameOf(remote), port: remotePort },
    )
    .filter((connection) => !isAllowed(connection))
  return [...new Map(strange.map((each) => [textOf(each), each])).values()].map(deviationOf(target))
}

const isOpen = (state: Socket['state']) => state === 'connected' || state === 'asking'

const textOf = ({ from, to, port }: Connection) => `a connection from ${from} to ${to}:${port}`

const deviationOf =
  (target: string) =>
  (connection: Connection): Deviation => {
    const isPayment = payments.includes(connection.to)
    return {
      kind: isPayment ? 'payment' : 'connection',
      target,
      expected: isPayment ? 'payments by who may make them alone' : 'only what x-communication allows',
      found: textOf(connection),
    }
  }
