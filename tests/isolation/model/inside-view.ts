/** What programs/listener.pl saw from inside a target. */
export type InsideView = {
  /** Sockets that anybody with a way to the container could reach: "tcp/8001". */
  listening: string[]
  ipv6Interfaces: string[]
  forwards: boolean
}

/** /proc/net/tcp writes an address as the bytes of memory, so 127.0.0.1 ends with 7F on every machine in use. */
const isLoopback = (hex: string) => (hex.length === 8 ? hex.endsWith('7F') : /^0{24}01000000$/.test(hex))

export function readInsideView(printed: string): InsideView {
  const lines = printed.split('\n').map((line) => line.trim().split(/\s+/))
  const listening = lines.flatMap(([file = '', , local = '', remote = '']) => {
    const protocol = file.match(/^\/proc\/net\/(tcp|udp)6?$/)?.[1]
    const [address = '', port = ''] = local.split(':')
    // A UDP socket with a peer is a client's, such as the resolver's.
    if (protocol === undefined || !/:0000$/.test(remote) || isLoopback(address)) return []
    return [`${protocol}/${Number.parseInt(port, 16)}`]
  })
  return {
    listening: [...new Set(listening)].sort(),
    ipv6Interfaces: lines.filter(([file]) => file === '/proc/net/if_inet6').map((line) => line.at(-1) ?? ''),
    forwards: lines.some(([file, value]) => file === '/proc/sys/net/ipv4/ip_forward' && value !== '0'),
  }
}

/** A port nobody declared is a way in that nobody probes; a declared one that does not listen proves nothing when it is denied. */
export function insideProblems(service: string, view: InsideView, declared: number[], testPort: number): string[] {
  const expected = [...declared.map((port) => `tcp/${port}`), `tcp/${testPort}`, `udp/${testPort}`]
  return [
    ...expected
      .filter((port) => !view.listening.includes(port))
      .map((port) => `${service}: expected it to listen on ${port}, but found nothing there`),
    ...view.listening
      .filter((port) => !expected.includes(port))
      .map((port) => `${service}: listens on ${port}, which is not declared`),
    ...view.ipv6Interfaces.filter((name) => name !== 'lo').map((name) => `${service}: has IPv6 on ${name}`),
    ...(view.forwards ? [`${service}: passes packets on (net.ipv4.ip_forward is not 0)`] : []),
  ]
}
