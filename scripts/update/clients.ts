import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { docker } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { policy } from './policy.ts'
import { copyName } from './second-copy.ts'
import { type Shop, serviceOf } from './shop.ts'

type Place = { address: string; port: number }

/** Milliseconds within which somebody takes a connection. */
const patience = 2_000

/** Clients that connect anew to what is published come to the service's second copy, and connections that there are stay where they are. */
export async function leadClients(shop: Shop, service: string): Promise<void> {
  const ways = await waysToCopy(shop, service)
  await policy('lead', ...ways.map(({ from, to }) => `${from.address}:${from.port}=${to.address}:${to.port}`))
  const reached = await Promise.all(ways.map(({ from }) => takesConnections(from)))
  const unreached = ways.filter((_, index) => !reached[index]).map(({ from }) => `${from.address}:${from.port}`)
  if (unreached.length === 0) return
  throw new Failure(
    `expected clients of ${unreached.join(', ')} to be led to ${copyName(shop, service)} but nobody answers`,
  )
}

/** They come to the service itself again. A packet filter that knows of no such thing leads nobody: one from before an update of it. */
export async function forgetClients(): Promise<void> {
  await policy('lead').catch((error: Failure) => {
    if (!error.message.includes('but found lead')) throw error
  })
}

/** As Docker does it: who asks for an address of this machine by way of loopback is handed on by docker-proxy, where there is one. */
async function waysToCopy(shop: Shop, service: string): Promise<{ from: Place; to: Place }[]> {
  const { services, networks } = shop.communication
  const open = networks.find(({ internal }) => !internal)
  const next = services.find(({ name }) => name === service)?.next.find(({ network }) => network === open?.name)
  if (!open || !next) throw new Failure(`expected ${service} to be published on a network with a way out`)
  const byRoute = routesLoopback(open.bridge)
  const ways = (serviceOf(shop, service).ports ?? []).map(async ({ host_ip, published, target }) => {
    const proxy = placeOf(await docker('port', copyName(shop, service), `${target}/tcp`))
    return addressesOf(host_ip).map((address) => ({
      from: { address, port: Number(published) },
      to: isLoopback(address) && !byRoute ? proxy : { address: next.address, port: target },
    }))
  })
  return (await Promise.all(ways)).flat()
}

/** Whether Docker runs without its proxies ("userland-proxy": false, CIS 2.16): then it has the kernel route what comes from 127.0.0.1. */
function routesLoopback(bridge: string): boolean {
  const setting = `/proc/sys/net/ipv4/conf/${bridge}/route_localnet`
  return existsSync(setting) && readFileSync(setting, 'utf8').trim() === '1'
}

function addressesOf(bound = '0.0.0.0'): string[] {
  if (bound !== '0.0.0.0') return [bound]
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  return all.filter(({ family }) => family === 'IPv4').map(({ address }) => address)
}

const isLoopback = (address: string) => address.startsWith('127.')

/** @param text "127.0.0.1:32768", a line for each address that it is published on */
function placeOf(text: string): Place {
  const [address = '', port] = (text.split('\n')[0] ?? '').split(':')
  return { address, port: Number(port) }
}

function takesConnections({ address, port }: Place): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: patience })
    const end = (taken: boolean) => {
      socket.destroy()
      resolve(taken)
    }
    socket
      .on('connect', () => end(true))
      .on('error', () => end(false))
      .on('timeout', () => end(false))
  })
}
