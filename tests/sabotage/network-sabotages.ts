import { type Intruder, startIntruder } from '../isolation/intruder.ts'
import { startIn } from '../isolation/run-in.ts'
import type { Sabotage } from './sabotage.ts'
import {
  at,
  docker,
  inNetworkOf,
  recreate,
  recreateNetwork,
  rulesRestored,
  serviceOf,
  stack,
  stopped,
} from './stack-actions.ts'

const networkOf = (name: string) => docker.getNetwork(`${stack.project}_${name}`)
const image = serviceOf('product-api').image

let intruder: Intruder | undefined
async function intrude(network: string, labels: Record<string, string> = {}): Promise<void> {
  intruder = await startIntruder(image, network, { labels })
}
const leave = async () => intruder?.remove()

let listener: { stdin: { end: () => unknown } } | undefined
async function listenIn(service: string, socket: string, then = ''): Promise<void> {
  const program = `use Socket; ${socket}; print "ready\\n"; ${then}; <STDIN>`
  const running = await startIn(serviceOf(service).container, ['perl', '-e', `$| = 1; ${program}`])
  await running.line('ready', 5)
  listener = running
}
/** Says of every name that it does not exist: an answer that only a name server outside could give. */
const denyNames = `
  while (1) {
    vec(my $readable = '', fileno STDIN, 1) = 1;
    vec($readable, fileno S, 1) = 1;
    select $readable, undef, undef, undef;
    last if vec $readable, fileno STDIN, 1;
    my $peer = recv S, my $query, 512, 0;
    my ($question) = substr($query, 12) =~ /^(.*?\\0.{4})/s;
    send S, substr($query, 0, 2) . pack('n5', 0x8183, 1, 0, 0, 0) . $question, 0, $peer;
  }`
const silence = async () => void listener?.stdin.end()

async function signalAll(service: string, signal: NodeJS.Signals): Promise<void> {
  const { Processes } = await stopped(service).top({ ps_args: '-o pid' })
  for (const [pid] of Processes) process.kill(Number(pid), signal)
}

export const networkSabotages: Sabotage[] = [
  {
    why: 'the policy service is removed',
    suite: 'isolation',
    finds: /expected both tables to be loaded|network-policy: expected it to be healthy, but found none/,
    break: () => stopped('network-policy').remove({ force: true }),
    repair: () => recreate('network-policy'),
  },
  {
    why: 'the policy service is stopped',
    suite: 'isolation',
    finds: /container of service network-policy: expected it to run/,
    break: () => stopped('network-policy').stop(),
    repair: () => recreate('network-policy'),
  },
  {
    why: 'a target is stopped',
    suite: 'isolation',
    finds: /container of service order-db: expected it to run, but found it exited/,
    break: () => stopped('order-db').stop(),
    repair: () => stopped('order-db').start(),
  },
  {
    why: 'a target is paused',
    suite: 'isolation',
    finds: /container of service payment-api: expected it to run, but found it paused/,
    break: () => stopped('payment-api').pause(),
    repair: () => stopped('payment-api').unpause(),
  },
  {
    why: 'a target takes connections and never answers',
    suite: 'isolation',
    finds: /api-gateway → product-api .* tcp\/8001: expected the answer "nonce", but found "connected, then silence"/,
    break: () => signalAll('product-api', 'SIGSTOP'),
    repair: () => signalAll('product-api', 'SIGCONT'),
  },
  {
    why: 'a service on one network more',
    suite: 'isolation',
    finds: /address \.\d+ of product-api on payment: runs, but is not declared/,
    break: () => networkOf('payment').connect({ Container: serviceOf('product-api').id }),
    repair: () => networkOf('payment').disconnect({ Container: serviceOf('product-api').container }),
  },
  {
    why: 'a service on one network less',
    suite: 'isolation',
    finds: /address \.13 of product-api on database: expected it to run, but found none/,
    break: () => networkOf('database').disconnect({ Container: serviceOf('product-api').id, Force: true }),
    repair: () => recreate('product-api'),
  },
  {
    why: 'a stranger is attached to a network',
    suite: 'isolation',
    finds: /network backend: container \w+ is attached to it, but is none of the stack/,
    break: () => intrude('backend'),
    repair: leave,
  },
  {
    why: 'a container of the project that nobody declared',
    suite: 'isolation',
    finds: /container of service intruder: runs, but is not declared/,
    break: () =>
      intrude('backend', {
        'com.docker.compose.project': stack.project,
        'com.docker.compose.service': 'intruder',
        'com.docker.compose.config-hash': 'of nothing',
      }),
    repair: leave,
  },
  {
    why: 'a network that nobody declared',
    suite: 'isolation',
    finds: /network backdoor: runs, but is not declared/,
    break: async () =>
      void (await docker.createNetwork({
        Name: `${stack.project}_backdoor`,
        Labels: { 'com.docker.compose.project': stack.project, 'com.docker.compose.network': 'backdoor' },
      })),
    repair: () => networkOf('backdoor').remove(),
  },
  {
    why: 'an undeclared TCP port listens',
    suite: 'isolation',
    finds: /frontend: listens on tcp\/9999, which is not declared/,
    break: () =>
      listenIn('frontend', 'socket S, AF_INET, SOCK_STREAM, 0; bind S, sockaddr_in(9999, INADDR_ANY); listen S, 1'),
    repair: silence,
  },
  {
    why: 'an undeclared UDP port listens',
    suite: 'isolation',
    finds: /order-db: listens on udp\/9999, which is not declared/,
    break: () => listenIn('order-db', 'socket S, AF_INET, SOCK_DGRAM, 0; bind S, sockaddr_in(9999, INADDR_ANY)'),
    repair: silence,
  },
  {
    why: 'a network is not internal',
    suite: 'isolation',
    finds: /network payment: expected internal to be true, but found false/,
    break: () => recreateNetwork('payment', 'internal: false'),
    repair: () => recreateNetwork('payment'),
  },
  {
    why: 'a container passes packets on',
    suite: 'isolation',
    finds: /order-api: passes packets on/,
    break: () => inNetworkOf('order-api', 'sysctl', '-w', 'net.ipv4.ip_forward=1'),
    repair: () => inNetworkOf('order-api', 'sysctl', '-w', 'net.ipv4.ip_forward=0'),
  },
  {
    why: 'a container has IPv6',
    suite: 'isolation',
    finds: /product-api: has IPv6 on eth\d/,
    break: () =>
      inNetworkOf(
        'product-api',
        'sysctl',
        '-w',
        'net.ipv6.conf.all.disable_ipv6=0',
        'net.ipv6.conf.eth0.disable_ipv6=0',
      ),
    repair: () =>
      inNetworkOf(
        'product-api',
        'sysctl',
        '-w',
        'net.ipv6.conf.all.disable_ipv6=1',
        'net.ipv6.conf.eth0.disable_ipv6=1',
      ),
  },
  {
    why: 'a container takes another MAC',
    suite: 'isolation',
    finds: /payment-api → payment-db .* tcp\/5432: expected open .* but found/,
    break: () => inNetworkOf('payment-db', 'ip', 'link', 'set', 'eth0', 'address', '02:00:00:00:00:99'),
    repair: () => inNetworkOf('payment-db', 'ip', 'link', 'set', 'eth0', 'address', at('payment-db', 'payment').mac),
  },
  {
    why: 'two containers swap their addresses',
    suite: 'isolation',
    finds: /(product|order)-api → (product|order)-db .* tcp\/5432: expected open .* but found/,
    break: swapAddresses,
    repair: swapAddresses,
  },
  {
    why: 'somebody answers a container’s questions for names outside',
    suite: 'isolation',
    finds: /api-gateway → Internet name .*: expected no-name .* but found open/,
    break: () =>
      listenIn(
        'api-gateway',
        'socket S, AF_INET, SOCK_DGRAM, 0; bind S, sockaddr_in(53, INADDR_LOOPBACK) or die "bind: $!"',
        denyNames,
      ),
    repair: silence,
  },
  {
    why: 'a container may write raw frames',
    suite: 'isolation',
    finds: /frontend → frontend raw frames: expected refused .* but found open/,
    // Root needs the second to read its certificate, without which it does not start.
    break: () => recreate('frontend', "user: '0:0'\ncap_add: [NET_RAW, DAC_OVERRIDE]"),
    repair: () => recreate('frontend'),
  },
  {
    why: 'a service in the host’s network',
    suite: 'isolation',
    finds: /container of service payment-api: is in the host's network, past every rule/,
    break: () =>
      recreate('payment-api', 'network_mode: host\nnetworks: !reset {}\nsysctls: !reset {}\nmac_address: !reset null'),
    repair: () => recreate('payment-api'),
  },
  {
    why: 'a port of an inner service is published',
    suite: 'isolation',
    finds: /outside → frontend published tcp\/3000: expected refused .* but found open/,
    break: () => recreate('frontend', "ports: ['127.0.0.1:39999:3000']"),
    repair: () => recreate('frontend'),
  },
  {
    why: 'the probe cannot run',
    suite: 'isolation',
    finds: /-nginx: .*without printing "ready"/,
    break: () => recreate('nginx', "volumes: ['/dev/null:/usr/bin/perl:ro']"),
    repair: () => recreate('nginx'),
  },
  {
    why: 'the watchdog is stopped and the rules stay',
    suite: 'isolation',
    finds: /network-policy: expected it to be healthy/,
    break: async () => {
      await signalAll('network-policy', 'SIGSTOP')
      await new Promise((resolve) => setTimeout(resolve, 25_000))
    },
    repair: rulesRestored,
  },
]

/** Swaps what is there now, so that swapping again puts it right. */
let swapped = false
async function swapAddresses(): Promise<void> {
  const [product, order] = [at('product-db', 'database').address, at('order-db', 'database').address]
  for (const [service, own, other] of [
    ['product-db', product, order],
    ['order-db', order, product],
  ] as const) {
    const [from, to] = swapped ? [other, own] : [own, other]
    await inNetworkOf(service, 'ip', 'address', 'delete', `${from}/24`, 'dev', 'eth0')
    await inNetworkOf(service, 'ip', 'address', 'add', `${to}/24`, 'dev', 'eth0')
  }
  swapped = !swapped
}
