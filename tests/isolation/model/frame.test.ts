import { expect, test } from 'vitest'
import { ethernet, ipv4, tcpSyn, udp } from './frame.ts'

const [a, b] = ['192.0.2.1', '192.0.2.2']
const payload = Buffer.from('marker')

/** A sum over data that carries its own checksum is all ones. */
function sum(data: Buffer): number {
  let total = 0
  for (let at = 0; at < data.length; at += 2) total += (data[at] ?? 0) * 256 + (data[at + 1] ?? 0)
  while (total > 0xffff) total = (total & 0xffff) + (total >> 16)
  return total
}

test('a frame begins with both MACs and the type, and is never shorter than 60 bytes', () => {
  const frame = ethernet('02:00:00:00:00:0b', '02:00:00:00:00:0a', 0x0800, payload)
  expect(frame.toString('hex')).toMatch(/^02000000000b02000000000a0800/)
  expect(frame).toHaveLength(60)
})

test('an IPv4 header has a right checksum and length', () => {
  const packet = ipv4(a, b, 6, payload, 0x2000)
  expect(sum(packet.subarray(0, 20))).toBe(0xffff)
  expect(packet.readUInt16BE(2)).toBe(packet.length)
  expect(packet.readUInt16BE(6)).toBe(0x2000)
})

test('a SYN is one, with ports and a checksum that the target’s kernel accepts', () => {
  const segment = tcpSyn(a, b, { from: 40_000, to: 5432 }, payload).subarray(20)
  expect([segment.readUInt16BE(0), segment.readUInt16BE(2), segment[13]]).toEqual([40_000, 5432, 0x02])
  const pseudo = Buffer.from([192, 0, 2, 1, 192, 0, 2, 2, 0, 6, 0, segment.length])
  expect(sum(Buffer.concat([pseudo, segment]))).toBe(0xffff)
})

test('a UDP datagram tells its length', () => {
  expect(udp(a, b, 53, payload).subarray(20).readUInt16BE(4)).toBe(8 + payload.length)
})
