import { createHash } from 'node:crypto'

const mac = (address: string) => Buffer.from(address.replaceAll(':', ''), 'hex')
const ip = (address: string) => Buffer.from(address.split('.').map(Number))
const u16 = (value: number) => Buffer.from([value >> 8, value & 255])

/** The Internet checksum: the ones' complement of the ones' complement sum of all 16-bit words. */
function checksum(data: Buffer): Buffer {
  let sum = 0
  for (let at = 0; at < data.length; at += 2) sum += (data[at] ?? 0) * 256 + (data[at + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16)
  return u16(~sum & 0xffff)
}

/** A frame of at least the shortest length that Ethernet has. */
export function ethernet(to: string, from: string, type: number, payload: Buffer): Buffer {
  const frame = Buffer.concat([mac(to), mac(from), u16(type), payload])
  return Buffer.concat([frame, Buffer.alloc(Math.max(0, 60 - frame.length))])
}

/** `flags` are the flags and offset of fragmentation, in units of eight bytes. */
export function ipv4(from: string, to: string, protocol: number, payload: Buffer, flags = 0): Buffer {
  const header = (sum: Buffer) =>
    Buffer.concat([
      Buffer.from([0x45, 0]),
      u16(20 + payload.length),
      u16(0x1234),
      u16(flags),
      Buffer.from([64, protocol]),
      sum,
      ip(from),
      ip(to),
    ])
  return Buffer.concat([header(checksum(header(u16(0)))), payload])
}

export function udp(from: string, to: string, port: number, payload: Buffer, flags = 0): Buffer {
  // Checksum 0: none, which UDP over IPv4 allows.
  return ipv4(from, to, 17, Buffer.concat([u16(port), u16(port), u16(8 + payload.length), u16(0), payload]), flags)
}

/** A packet without a next header, between two link-local addresses. */
export function ipv6(payload: Buffer): Buffer {
  const address = Buffer.from('fe800000000000000000000000000001', 'hex')
  return Buffer.concat([Buffer.from([0x60, 0, 0, 0, 0, payload.length, 59, 64]), address, address, payload])
}

/** The opening segment of a connection, already with data. */
export function tcpSyn(from: string, to: string, ports: { from: number; to: number }, payload: Buffer): Buffer {
  const segment = (sum: Buffer) =>
    Buffer.concat([
      u16(ports.from),
      u16(ports.to),
      createHash('sha1').update(payload).digest().subarray(0, 4),
      Buffer.alloc(4),
      Buffer.from([0x50, 0x02]),
      u16(0xffff),
      sum,
      u16(0),
      payload,
    ])
  const length = segment(u16(0)).length
  const pseudo = Buffer.concat([ip(from), ip(to), Buffer.from([0, 6]), u16(length), segment(u16(0))])
  return ipv4(from, to, 6, segment(checksum(pseudo)))
}

export const ARP_REQUEST = 1
export const ARP_REPLY = 2

/** Ends with the marker: the padding that brings ARP up to Ethernet's shortest frame is sent along as it is. */
export function arp(
  operation: number,
  sender: { mac: string; address: string },
  target: { mac: string; address: string },
  marker: Buffer,
): Buffer {
  return Buffer.concat([
    Buffer.from([0, 1, 8, 0, 6, 4, 0, operation]),
    mac(sender.mac),
    ip(sender.address),
    mac(target.mac),
    ip(target.address),
    marker,
  ])
}
