import { expect, test } from 'vitest'
import { insideProblems, readInsideView } from './inside-view.ts'

const printed = `/proc/net/tcp   sl  local_address rem_address   st
/proc/net/tcp    0: 00000000:1F41 00000000:0000 0A 00000000:00000000
/proc/net/tcp    1: 0B00007F:A22F 00000000:0000 0A 00000000:00000000
/proc/net/tcp6   0: 00000000000000000000000001000000:1F91 00000000000000000000000000000000:0000 0A
/proc/net/tcp6   1: 00000000000000000000000000000000:5BA0 00000000000000000000000000000000:0000 0A
/proc/net/udp  123: 00000000:5BA0 00000000:0000 07 00000000:00000000
/proc/net/udp  124: 0D0015AC:9C40 0B00007F:0035 01 00000000:00000000
/proc/net/if_inet6 00000000000000000000000000000001 01 80 10 80       lo
/proc/sys/net/ipv4/ip_forward 0
ready`

test('sockets on loopback and of clients are nobody else’s business', () => {
  expect(readInsideView(printed)).toEqual({
    listening: ['tcp/23456', 'tcp/8001', 'udp/23456'],
    ipv6Interfaces: ['lo'],
    forwards: false,
  })
})

test('the declared ports and the test’s own are all there may be', () => {
  const view = readInsideView(printed)
  expect(insideProblems('api', view, [8001], 23456)).toEqual([])
  expect(insideProblems('api', view, [], 23456)).toEqual(['api: listens on tcp/8001, which is not declared'])
  expect(insideProblems('api', view, [8001, 9], 23456)).toEqual([
    'api: expected it to listen on tcp/9, but found nothing there',
  ])
})

test('IPv6 and forwarding are named', () => {
  const view = readInsideView(printed.replace('       lo', ' eth0').replace('ip_forward 0', 'ip_forward 1'))
  expect(insideProblems('api', view, [8001], 23456)).toEqual([
    'api: has IPv6 on eth0',
    'api: passes packets on (net.ipv4.ip_forward is not 0)',
  ])
})
