// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Compose's variables
import { expect, test } from 'vitest'
import { readCommunication } from './communication.ts'
import { station } from './station.ts'

test('a declaration keeps the variables of the Compose file as placeholders', () => {
  const { services, networks, edges } = readCommunication(station())
  expect(services.map(({ name }) => name)).toEqual(['sensor', 'collector', 'archive'])
  expect(services[1]).toEqual({
    name: 'collector',
    container: '@PREFIX@-collector',
    interfaces: [
      { network: 'field', address: '@NET_FIELD@.3', host: 3, mac: '@MAC@:01:00:03' },
      { network: 'storage', address: '10.0.2.3', host: 3, mac: '@MAC@:02:00:03' },
    ],
    next: [],
    published: [9000],
  })
  expect(networks[0]).toEqual({
    name: 'field',
    internal: false,
    ipv6: false,
    bridge: '@PREFIX@-field',
    subnet: '@NET_FIELD@.0/24',
  })
  expect(edges[1]).toEqual({ from: 'sensor', to: 'collector', ports: [9000], why: 'readings' })
})

test('a service of a profile, and its edges, are there with the profile only', () => {
  const [without, withIt] = [readCommunication(station()), readCommunication(station(), ['open'])]
  expect(without.absent).toEqual(new Map([['publisher', ['open']]]))
  expect(without.services.map(({ name }) => name)).not.toContain('publisher')
  expect(without.edges.flatMap(({ from, to }) => [from, to])).not.toContain('publisher')
  expect(readCommunication(station(), ['other'])).toEqual(without)
  expect(withIt.absent).toEqual(new Map())
  expect(withIt.services.at(-1)?.name).toBe('publisher')
  expect(withIt.edges.slice(-3)).toEqual([
    { from: 'archive', to: 'publisher', ports: [9002], why: 'what is to be published' },
    { from: 'publisher', to: 'resolver', at: '@NAMES@', ports: [53], why: 'names' },
    { from: 'publisher', to: 'internet', ports: [443], why: 'subscribers' },
  ])
})

test.each([
  {
    why: 'an unknown source',
    line: '{ from: thief, to: archive, ports: [1], why: x }',
    problem: 'expected from to be a service, outside or host but found thief',
  },
  {
    why: 'an unknown target',
    line: '{ from: sensor, to: outside, ports: [1], why: x }',
    problem: 'expected to to be a service, internet or resolver but found outside',
  },
  {
    why: 'a way out of internal networks',
    line: '{ from: archive, to: internet, ports: [443], why: x }',
    problem: 'expected from to be a service on a network that is not internal but found none',
  },
  {
    why: 'a resolver without an address',
    line: '{ from: sensor, to: resolver, ports: [53], why: x }',
    problem: 'expected at to be an IPv4 address but found none',
  },
  {
    why: 'an address of what has its own',
    line: '{ from: sensor, to: internet, at: 198.51.100.1, ports: [443], why: x }',
    problem: 'expected at only of a resolver but found 198.51.100.1',
  },
  {
    why: 'no shared network',
    line: '{ from: sensor, to: archive, ports: [1], why: x }',
    problem: 'expected a network that both are on but found none',
  },
  {
    why: 'a reason that its comma cuts short',
    line: '{ from: sensor, to: collector, ports: [1], why: readings, hourly }',
    problem: 'expected from, to, ports and why but found "hourly" too',
  },
  {
    why: 'no reason',
    line: '{ from: archive, to: collector, ports: [1] }',
    problem: 'expected a reason in why but found none',
  },
  {
    why: 'no ports',
    line: '{ from: archive, to: collector, why: x }',
    problem: 'expected ports from 1 to 65535 but found none',
  },
  {
    why: 'a port out of range',
    line: '{ from: archive, to: collector, ports: [70000], why: x }',
    problem: 'expected ports from 1 to 65535 but found 70000',
  },
  {
    why: 'a repeated pair',
    line: '{ from: sensor, to: collector, ports: [1], why: x }',
    problem: 'sensor → collector: expected one entry but found more',
  },
  {
    why: 'a port that is not published',
    line: '{ from: outside, to: archive, ports: [1], why: x }',
    problem: 'expected port 1 among the published ones but found none',
  },
])('$why in x-communication is refused', ({ line, problem }) => {
  expect(() => readCommunication(station({ edge: `  - ${line}` }))).toThrow(problem)
})

test.each([
  {
    why: 'an address outside the subnet',
    from: '10.0.2.4',
    to: '10.0.9.4',
    problem: 'service archive on network storage: expected an ipv4_address in 10.0.2.0/24 but found 10.0.9.4',
  },
  {
    why: 'an address twice',
    from: '10.0.2.4',
    to: '10.0.2.3',
    problem: 'expected every address once but found 10.0.2.3 more than once',
  },
  {
    why: 'a MAC twice',
    from: ':02:00:04',
    to: ':02:00:03',
    problem: 'expected every mac once but found @MAC@:02:00:03 more than once',
  },
  {
    why: 'no MAC',
    from: ', mac_address: "${MAC:-02:5e:05}:02:00:04"',
    to: '',
    problem: 'service archive on network storage: expected a mac_address but found none',
  },
  { why: 'IPv6', from: 'internal: true', to: 'enable_ipv6: true', problem: 'network storage: expected no IPv6' },
  {
    why: 'a port published without an edge',
    from: 'ports: ["9000:9000"]',
    to: 'ports: ["9000:9000", "81:81/tcp"]',
    problem: 'expected x-communication from outside to published port 81 but found none',
  },
  {
    why: 'a bridge without a name',
    from: 'com.docker.network.bridge.name: storage',
    to: 'other: x',
    problem: 'network storage: expected driver_opts com.docker.network.bridge.name but found none',
  },
])('$why is refused', ({ from, to, problem }) => {
  const text = station()
  expect(text).toContain(from)
  expect(() => readCommunication(text.replace(from, to))).toThrow(problem)
})
