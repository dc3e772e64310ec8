/** A line of /proc/net/tcp, tcp6, udp or udp6. Addresses are IPv4 where they can be. */
export type Socket = {
  protocol: 'tcp' | 'udp'
  local: string
  port: number
  remote: string
  remotePort: number
  state: 'listening' | 'asking' | 'connected' | 'ending'
  uid: number
}

/** Linux's numbers, but for those of a connection that is over. SYN_RECV (03) is the other side's asking. */
const tcpStates: Record<string, Socket['state']> = {
  '01': 'connected',
  '02': 'asking',
  '03': 'connected',
  '0A': 'listening',
}

export function readSockets(protocol: 'tcp' | 'tcp6' | 'udp' | 'udp6', table: string): Socket[] {
  const kind = protocol.startsWith('tcp') ? 'tcp' : 'udp'
  return table
    .split('\n')
    .slice(1)
    .filter(Boolean)
    .map((line) => {
      const [, local = '', remote = '', state = '', , , , uid] = line.trim().split(/\s+/)
      const [address, port] = readEnd(local)
      const [remoteAddress, remotePort] = readEnd(remote)
      return {
        ...{ protocol: kind, local: address, port, remote: remoteAddress, remotePort, uid: Number(uid) },
        state: kind === 'tcp' ? (tcpStates[state] ?? 'ending') : remotePort === 0 ? 'listening' : 'connected',
      } as Socket
    })
}

/** `0100007F:1F91` is 127.0.0.1:8081: each group of 32 bits is in the order of this machine's bytes, and they are little-endian ones. */
function readEnd(text: string): [string, number] {
  const [address = '', port = ''] = text.split(':')
  const groups = address.match(/.{8}/g) ?? []
  const bytes = groups.flatMap((group) => (group.match(/../g) ?? []).reverse())
  const last = bytes.slice(-4).map((byte) => Number.parseInt(byte, 16))
  return [isMapped(bytes) ? last.join('.') : `[${bytes.join('').toLowerCase()}]`, Number.parseInt(port, 16)]
}

/** IPv4, also as tcp6 has it; and of IPv6 the address that stands for all. */
function isMapped(bytes: string[]): boolean {
  const before = bytes.slice(0, -4).join('')
  return before === '' || before === '00000000000000000000FFFF' || /^0+$/.test(bytes.join(''))
}

export const isLoopback = (address: string): boolean =>
  address.startsWith('127.') || address === `[${'1'.padStart(32, '0')}]`
