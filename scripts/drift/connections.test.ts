import { expect, test } from 'vitest'
import { readCommunication } from '../policy/communication.ts'
import { station } from '../policy/station.ts'
import { connectionDeviations } from './connections.ts'
import { portDeviations } from './ports.ts'
import type { Socket } from './sockets.ts'

const filled = station().replace(/\$\{\w+:-([^}]*)\}/g, '$1')
const communication = readCommunication(filled, ['open'])
const fromHost = { from: 'host', to: 'archive', ports: [9000], why: 'the operator' }
const socket = (more: Partial<Socket>): Socket => ({
  ...{ protocol: 'tcp', local: '10.0.1.3', port: 40_000, remote: '10.0.2.4', remotePort: 9001 },
  ...{ state: 'connected', uid: 1001, ...more },
})
const listening = socket({ port: 9000, local: '0.0.0.0', remote: '0.0.0.0', remotePort: 0, state: 'listening' })

test.each([
  { why: 'a declared edge', target: 'collector', of: {}, found: [] },
  { why: 'another port of it', target: 'collector', of: { remotePort: 22 }, found: ['from collector to archive:22'] },
  {
    why: 'its opposite',
    target: 'archive',
    of: { remote: '10.0.2.3', remotePort: 9000 },
    found: ['from archive to collector:9000'],
  },
  {
    why: 'an attempt that is dropped',
    target: 'sensor',
    of: { state: 'asking' as const },
    found: ['from sensor to archive:9001'],
  },
  { why: 'one that is over', target: 'sensor', of: { state: 'ending' as const }, found: [] },
  {
    why: 'a declared one that comes in',
    target: 'collector',
    of: { port: 9000, remote: '10.0.1.2', remotePort: 41_000 },
    found: [],
  },
  {
    why: 'anybody from outside',
    target: 'collector',
    of: { port: 9000, remote: '203.0.113.9', remotePort: 41_000 },
    found: [],
  },
  {
    why: 'a neighbour that comes in',
    target: 'collector',
    of: { port: 9000, remote: '10.0.2.4', remotePort: 41_000 },
    found: ['from archive to collector:9000'],
  },
  { why: 'the Internet, for who may', target: 'publisher', of: { remote: '203.0.113.9', remotePort: 443 }, found: [] },
  {
    why: 'the Internet, for who may not',
    target: 'sensor',
    of: { remote: '203.0.113.9', remotePort: 443 },
    found: ['from sensor to 203.0.113.9:443'],
  },
  {
    why: 'the host, where it is meant to',
    target: 'archive',
    of: { port: 9000, state: 'connected' as const, remote: '10.0.2.1', remotePort: 41_000 },
    found: [],
  },
  { why: 'the resolver', target: 'publisher', of: { remote: '198.51.100.1', remotePort: 53 }, found: [] },
  { why: 'the loopback', target: 'sensor', of: { remote: '127.0.0.1', remotePort: 5 }, found: [] },
])('$why', ({ target, of, found }) => {
  const deviations = connectionDeviations(target, [listening, socket(of)], {
    ...communication,
    edges: [...communication.edges, fromHost],
  })
  expect(deviations.map((each) => each.found)).toEqual(found.map((each) => `a connection ${each}`))
})

test.each([
  { why: 'the declared port', of: {}, found: [] },
  { why: 'another port', of: { port: 4444 }, found: ['tcp 0.0.0.0:4444 (user 1001)', 'nothing there'] },
  { why: 'the loopback alone', of: { local: '127.0.0.1' }, found: ['nothing there'] },
  { why: 'UDP', of: { protocol: 'udp' as const }, found: ['udp 0.0.0.0:9000 (user 1001)', 'nothing there'] },
])('listening: $why', ({ of, found }) => {
  const deviations = portDeviations('collector', [{ ...listening, ...of }], [9000], [])
  expect(deviations.map((each) => each.found)).toEqual(found)
})

test('the health check’s own port on the loopback, and Docker’s resolver, are known', () => {
  const own = { ...listening, local: '127.0.0.1', port: 8081 }
  const resolver = { ...listening, local: '127.0.0.11', port: 40_123, uid: 0 }
  const check = ['curl', '-fsS', 'http://127.0.0.1:8081/ready']
  expect(portDeviations('collector', [listening, own, resolver], [9000], check)).toEqual([])
  expect(portDeviations('collector', [listening, { ...own, local: '0.0.0.0' }], [9000], check)).toHaveLength(1)
  expect(portDeviations('collector', [listening, { ...resolver, uid: 1001 }], [9000], check)).toHaveLength(1)
})
