import { expect, test } from 'vitest'
import { isLoopback, readSockets } from './sockets.ts'

const table = (...lines: string[]) => ['  sl  local_address rem_address   st tx_queue', ...lines, ''].join('\n')
const line = (local: string, remote: string, state: string, uid = 1001) =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000  ${uid}        0 109331 1`

test.each([
  {
    why: 'nginx’s own port',
    protocol: 'tcp',
    ends: ['0100007F:1F91', '00000000:0000', '0A'],
    local: '127.0.0.1',
    port: 8081,
    state: 'listening',
  },
  {
    why: 'every IPv4 address',
    protocol: 'tcp',
    ends: ['00000000:0050', '00000000:0000', '0A'],
    local: '0.0.0.0',
    port: 80,
    state: 'listening',
  },
  {
    why: 'every address',
    protocol: 'tcp6',
    ends: [`${'0'.repeat(32)}:20FB`, `${'0'.repeat(32)}:0000`, '0A'],
    local: '0.0.0.0',
    port: 8443,
    state: 'listening',
  },
  {
    why: 'a mapped address',
    protocol: 'tcp6',
    ends: ['0000000000000000FFFF00000E03C50A:20FB', '0000000000000000FFFF00000F03C50A:9C40', '01'],
    local: '10.197.3.14',
    port: 8443,
    state: 'connected',
  },
  {
    why: 'an attempt',
    protocol: 'tcp',
    ends: ['0C00C50A:9C40', '0F03C50A:20FB', '02'],
    local: '10.197.0.12',
    port: 40000,
    state: 'asking',
  },
  {
    why: 'a connection that is over',
    protocol: 'tcp',
    ends: ['0C00C50A:9C40', '0F03C50A:20FB', '06'],
    local: '10.197.0.12',
    port: 40000,
    state: 'ending',
  },
  {
    why: 'UDP that anybody may send to',
    protocol: 'udp',
    ends: ['0B00007F:E095', '00000000:0000', '07'],
    local: '127.0.0.11',
    port: 57493,
    state: 'listening',
  },
  {
    why: 'UDP with one peer',
    protocol: 'udp',
    ends: ['0C00C50A:E095', '0B00007F:0035', '01'],
    local: '10.197.0.12',
    port: 57493,
    state: 'connected',
  },
] as const)('$why', ({ protocol, ends: [local, remote, st], local: address, port, state }) => {
  expect(readSockets(protocol, table(line(local, remote, st)))).toMatchObject([
    { local: address, port, state, uid: 1001 },
  ])
})

test('the loopback of both families is known', () => {
  const [v6] = readSockets('tcp6', table(line('00000000000000000000000001000000:1F91', `${'0'.repeat(32)}:0000`, '0A')))
  expect([isLoopback(v6?.local ?? ''), isLoopback('127.0.0.11'), isLoopback('10.197.0.12')]).toEqual([
    true,
    true,
    false,
  ])
})
