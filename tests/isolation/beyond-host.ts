import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer as createTcp } from 'node:net'
import type { RunProbe } from './probe.ts'
import { perl } from './run-in.ts'

/**
 * A neighbour of the host that plays the Internet: an address of the range for documentation, with a listener. The reserved
 * one is of the range for benchmarks, which the Internet does not have.
 */
export type BeyondHost = {
  address: string
  port: number
  reserved: string
  run: RunProbe
  /** Starts a program there and waits until it prints "ready". Ends with whoever started it. */
  start: (command: string[]) => Promise<void>
  remove: () => void
}

/** Where something listens; the host finds it there for the time of the run. */
type Place = { address: string; port: number }

const ip = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'pipe', 'pipe'] })

/** With ports that listen besides, and other addresses. Needs root on the host, for a network namespace. Without, null: the run is then partial and says so. */
export async function openBeyondHost(
  port: number,
  ports: number[] = [],
  places: Place[] = [],
): Promise<BeyondHost | null> {
  if (process.getuid?.() !== 0) return null
  const taken = ip('netns', 'list').toString()
  // The last four addresses are left for a resolver.
  const number =
    Array.from({ length: 64 }, () => randomInt(63)).find((one) => !taken.split(/\s+/).includes(`isolation${one}`)) ?? 0
  const [near, far] = [`198.51.100.${number * 4 + 1}`, `198.51.100.${number * 4 + 2}`]
  const reserved = `198.18.100.${number}`
  const name = `isolation${number}`
  ip('netns', 'add', name)
  const running: ChildProcess[] = []
  const remove = () => {
    for (const child of running) child.kill()
    ip('netns', 'delete', name)
  }
  try {
    ip('link', 'add', `iso${number}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name)
    ip('address', 'add', `${near}/30`, 'dev', `iso${number}`)
    ip('link', 'set', `iso${number}`, 'up')
    for (const command of [
      `address add ${far}/30 dev eth0`,
      'link set eth0 up',
      'link set lo up',
      `route add default via ${near}`,
    ]) {
      ip('-netns', name, ...command.split(' '))
    }
    for (const more of new Set([reserved, ...places.map(({ address }) => address)])) {
      ip('-netns', name, 'address', 'add', `${more}/32`, 'dev', 'lo')
      ip('route', 'add', `${more}/32`, 'via', far)
    }
    const start = (command: string[]) => {
      const child = inNamespace(name, command)
      running.push(child)
      return ready(child)
    }
    const listening = [...[port, ...ports].map((each) => ({ address: '0.0.0.0', port: each })), ...places]
    await Promise.all(listening.map((at) => start(perl('listener', String(at.port), at.address))))
    const run: RunProbe = (nonce, jobs) => finish(inNamespace(name, perl('probe', nonce)), jobs)
    return { address: far, port, reserved, run, start, remove }
  } catch (error) {
    remove()
    throw error
  }
}

const inNamespace = (name: string, command: string[]) =>
  spawn('ip', ['netns', 'exec', name, ...command], { stdio: ['pipe', 'pipe', 'inherit'] })

async function ready(child: ChildProcess): Promise<void> {
  let printed = ''
  for await (const chunk of child.stdout ?? []) {
    printed += chunk
    if (printed.includes('ready\n')) break
  }
  if (!printed.includes('ready\n')) throw new Error(`expected a program beyond the host, but it ended with: ${printed}`)
}

async function finish(child: ChildProcess, input: string): Promise<string> {
  let printed = ''
  child.stdout?.on('data', (chunk) => (printed += chunk))
  child.stdin?.end(input)
  await once(child, 'close')
  return printed
}

/** Runs the probe on the host itself: the client outside. */
export const onHost: RunProbe = (nonce, jobs) => {
  const [command = '', ...args] = perl('probe', nonce)
  return finish(spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] }), jobs)
}

/** Listens on every address of the host, so that a container kept from the host is not kept from an empty port. */
export async function openHostPort(port: number): Promise<{ close: () => void }> {
  const tcp = createTcp((socket) => socket.on('error', () => undefined).pipe(socket))
  const udp = createSocket('udp4', (message, peer) => udp.send(message, peer.port, peer.address))
  await Promise.all([once(tcp.listen(port, '0.0.0.0'), 'listening'), once(udp.bind(port, '0.0.0.0'), 'listening')])
  const close = () => {
    tcp.close()
    udp.close()
  }
  return { close }
}
