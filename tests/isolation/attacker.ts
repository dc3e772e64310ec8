import type { Container } from 'dockerode'
import { docker } from '../stack.ts'
import type { Identity } from './model/attacks.ts'
import type { Topology } from './model/topology.ts'
import { perl, runIn, startIn } from './run-in.ts'

/** A frame that is allowed to pass, and the words it carries. */
type Signal = { words: string; give: () => Promise<unknown> }

type AimedFrame = { network: string; frame: Buffer }

/** An intruder: a container with raw sockets and nothing else, attached to every network of the stack. */
export type Attacker = {
  identities: Map<string, Identity>
  /**
   * Writes the frames round by round, with something else after each, and at last the signal, a frame that is allowed to pass.
   * Returns every frame with the marker that the host handed on; seen in order, so when the signal is there, all is there.
   */
  send: (rounds: AimedFrame[][], marker: string, between: () => Promise<unknown>, signal: Signal) => Promise<Buffer[]>
  remove: () => Promise<void>
}

const idle = ['perl', '-e', 'sleep 300']
const hardened = {
  CapDrop: ['ALL'],
  CapAdd: ['NET_RAW'],
  ReadonlyRootfs: true,
  SecurityOpt: ['no-new-privileges'],
  AutoRemove: true,
}
/** Docker gives NET_RAW only to root. The intruder is root in his own container, and in nobody else's. */
const intruder = { User: '0:0', Cmd: idle, Entrypoint: [], Healthcheck: { Test: ['NONE'] } }

async function start(image: string, networks: string[], mode?: string): Promise<Container> {
  const [first = 'none', ...more] = networks
  const container = await docker.createContainer({
    ...intruder,
    Image: image,
    HostConfig: { ...hardened, NetworkMode: mode ?? first },
  })
  for (const id of more) await docker.getNetwork(id).connect({ Container: container.id })
  await container.start()
  return container
}

/** Uses an image of the stack, which has all it takes, so nothing is fetched or built. */
export async function openAttacker({ services, networks }: Topology): Promise<Attacker> {
  const image = services.find(({ hostNetwork }) => !hostNetwork)?.image ?? ''
  const [attacker, watcher] = await Promise.all([
    start(
      image,
      networks.map(({ id }) => id),
    ),
    start(image, [], 'host'),
  ])
  const remove = async () => void (await Promise.all([attacker, watcher].map((one) => one.remove({ force: true }))))
  try {
    const attached = Object.values((await attacker.inspect()).NetworkSettings.Networks)
    const identities = new Map(
      attached.flatMap(({ NetworkID, IPAddress, MacAddress }) => {
        const network = networks.find(({ id }) => id === NetworkID)
        return network ? [[network.name, { name: 'attacker', mac: MacAddress, address: IPAddress }] as const] : []
      }),
    )
    const interfaces = await interfacesByMac(attacker.id)
    const interfaceOn = (network: string) => interfaces.get(identities.get(network)?.mac ?? '') ?? `none on ${network}`
    const lineOf = ({ network, frame }: AimedFrame) => `${interfaceOn(network)} ${frame.toString('hex')}\n`
    const send: Attacker['send'] = (rounds, marker, between, signal) =>
      strike(
        attacker.id,
        { container: watcher.id, bridges: networks.map(({ bridge }) => bridge) },
        rounds.map((frames) => frames.map(lineOf)),
        marker,
        between,
        signal,
      )
    return { identities, send, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

const listInterfaces = 'for (glob "/sys/class/net/*/address") { open my $file, "<", $_; print "$_ ", <$file> }'

async function interfacesByMac(container: string): Promise<Map<string, string>> {
  const lines = (await runIn(container, ['perl', '-e', listInterfaces])).split('\n')
  return new Map(
    lines.flatMap((line) => {
      const [, name = '', mac = ''] = line.match(/net\/([^/]+)\/address (\S+)/) ?? []
      return mac === '' ? [] : [[mac, name] as const]
    }),
  )
}

async function strike(
  attacker: string,
  watcher: { container: string; bridges: string[] },
  rounds: string[][],
  marker: string,
  between: () => Promise<unknown>,
  signal: Signal,
): Promise<Buffer[]> {
  const [watching, writing] = await Promise.all([
    startIn(watcher.container, perl('sniffer', Buffer.from(marker).toString('hex'), ...watcher.bridges)),
    startIn(attacker, perl('frames')),
  ])
  await watching.line('ready', 10)
  let sent = 0
  for (const lines of rounds) {
    sent += lines.length
    writing.stdin.write(`${lines.join('')}\n`)
    await writing.line(`sent ${sent}`, 10)
    await between()
  }
  writing.stdin.end()
  await signal.give()
  const words = Buffer.from(signal.words).toString('hex')
  await watching.until(
    (printed) => printed.includes(words),
    'an allowed ping, so what it does not see proves nothing',
    10,
  )
  watching.stdin.end()
  const seen = (await watching.ended).split('\n')
  if (!seen.includes('missed 0'))
    throw new Error(`the watcher was too slow, so what it does not see proves nothing: ${seen.at(-2)}`)
  return seen.map((hex) => Buffer.from(hex, 'hex'))
}
