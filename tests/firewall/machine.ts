import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { afterAll, afterEach, expect } from 'vitest'
import { eventually } from '../stack.ts'
import type { Attempt } from './connect.ts'
import { type Namespace, openNamespace } from './namespaces.ts'

/** Addresses of the ranges for documentation, as nobody has them. */
export const HOST = { v4: '198.51.100.2', v6: '2001:db8:1::2' }
export const FAMILIES = [
  { family: 'IPv4', host: HOST.v4 },
  { family: 'IPv6', host: HOST.v6 },
]
/** Two sources; of IPv6 two addresses of one customer, and one of another. */
export const SOURCES = {
  first: '198.51.100.130',
  second: '198.51.100.131',
  first6: '2001:db8:2::130',
  neighbour6: '2001:db8:2::131',
  other6: '2001:db8:3::130',
}
const CONTAINER = '203.0.113.2'

/** What listens on the host before there is a firewall. */
export const PORTS = [22, 80, 443, 2222, 5432, 8080]

/** One machine for all tests of a file, without a firewall before each. */
export async function machineOfThisFile() {
  const machine = await openMachine()
  afterAll(() => machine.remove())
  afterEach(async () => {
    expect(await machine.firewall('--remove')).toMatchObject({ status: 0 })
  })
  return machine
}

/**
 * A host to be protected, a router before it and an outside behind that, none of which is this machine. The way between router and outside
 * is narrower than the outside says.
 */
async function openMachine() {
  const host = await openNamespace({ files: true })
  const router = await openNamespace()
  const outside = await openNamespace()
  const container = await openNamespace()
  cable([host, 'eth0'], [router, 'eth0'])
  cable([outside, 'eth0'], [router, 'eth1'])
  cable([host, 'docker0'], [container, 'eth0'])

  await host.must(`
    ip address add ${HOST.v4}/25 dev eth0; ip address add ${HOST.v6}/64 dev eth0 nodad; ip link set eth0 up
    ip route add default via 198.51.100.1; ip -6 route add default via 2001:db8:1::1
    ip address add 203.0.113.1/24 dev docker0; ip link set docker0 up; sysctl -qw net.ipv4.ip_forward=1`)
  await router.must(`
    ip address add 198.51.100.1/25 dev eth0; ip address add 2001:db8:1::1/64 dev eth0 nodad; ip link set eth0 up
    ip address add 198.51.100.129/25 dev eth1; ip address add 2001:db8:2::1/64 dev eth1 nodad; ip link set eth1 mtu 1280 up
    ip -6 route add 2001:db8:3::/64 dev eth1
    sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1`)
  await outside.must(`
    ip address add ${SOURCES.first}/25 dev eth0; ip address add ${SOURCES.second}/25 dev eth0
    for address in ${SOURCES.first6} ${SOURCES.neighbour6} ${SOURCES.other6}; do ip address add $address/64 dev eth0 nodad; done
    ip link set eth0 mtu 1280 up
    ip route add default via 198.51.100.129 advmss 1460; ip -6 route add default via 2001:db8:2::1 advmss 1440`)
  await container.must(
    `ip address add ${CONTAINER}/24 dev eth0; ip link set eth0 up; ip route add default via 203.0.113.1`,
  )

  const listen = (where: Namespace, name: string, ports: number[]) =>
    where.start([process.execPath, 'tests/firewall/listen.ts', name, ...ports.map(String)], 'ready')
  await listen(host, 'host', PORTS)
  await listen(container, 'container', [80, 8081])
  await listen(outside, 'outside', [7777])

  const from =
    (where: Namespace) =>
    async (attempts: Attempt[]): Promise<string[]> =>
      JSON.parse(await where.must(`'${process.execPath}' tests/firewall/connect.ts '${JSON.stringify(attempts)}'`))

  // A link that was just plugged in takes a moment, by IPv6 a longer one.
  await eventually(10, async () =>
    (await from(outside)([HOST.v4, HOST.v6].map((at) => ({ host: at, port: 22 })))).every((by) => by === 'host'),
  )

  const firewall = (options: string) => host.run(`scripts/setup-firewall.sh ${options}`)
  return {
    host,
    router,
    outside,
    fromOutside: from(outside),
    fromHost: from(host),
    fromContainer: from(container),
    /** The script as an operator types it. */
    firewall,
    /** Applies and confirms at once. */
    confirmed: async (options = '') => {
      const { status, text } = await firewall(`${options} <<<yes`)
      if (status !== 0 || !text.includes('Confirmed')) throw new Error(`expected confirmed rules but found: ${text}`)
    },
    /** Everything that the kernel has loaded there, but for what counts up. */
    loaded: () => host.must('nft --stateless --terse list ruleset'),
    remove: () => {
      for (const each of [host, router, outside, container]) each.remove()
    },
  }
}

function cable([one, oneEnd]: [Namespace, string], [other, otherEnd]: [Namespace, string]): void {
  const [near, far] = [`fw${randomInt(1e9)}`, `fw${randomInt(1e9)}`]
  execFileSync('ip', ['link', 'add', near, 'type', 'veth', 'peer', 'name', far])
  one.plug(near, oneEnd)
  other.plug(far, otherEnd)
}
