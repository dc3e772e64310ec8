/** What the monitoring's programs listen on. Written in Go, they lead from a path with a dot in it to the same without. */
const pathIsCleaned = [9090, 9093, 9100, 9113, 9187, 9188, 9189]

/** How what listens on a port answers, so that the probe can tell it by a nonce. */
export function conversation(port: number): string {
  const known: Record<number, string> = { 443: 'tls', 5432: 'postgres', 8443: 'sni' }
  return known[port] ?? (pathIsCleaned.includes(port) ? 'path' : 'http')
}
