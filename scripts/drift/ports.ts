import { type Deviation, listed } from './deviation.ts'
import { isLoopback, type Socket } from './sockets.ts'

/** Docker's own resolver, in every container on a network. It belongs to root; what listens as the container's user is another. */
const isResolver = ({ local, uid }: Socket) => local === '127.0.0.11' && uid === 0

/**
 * @param declared TCP ports that x-communication leads to
 * @param check the health check, whose port may be one of the loopback alone
 */
export function portDeviations(target: string, sockets: Socket[], declared: number[], check: string[]): Deviation[] {
  const listening = sockets.filter((socket) => socket.state === 'listening' && !isResolver(socket))
  const own = [...check.join(' ').matchAll(/127\.0\.0\.1[:/](\d+)/g)].map(([, port]) => Number(port))
  const isDeclared = ({ protocol, local, port }: Socket) =>
    protocol === 'tcp' && (declared.includes(port) || (isLoopback(local) && own.includes(port)))
  const expected = `to listen on ${listed(declared)} alone`
  const strange = listening
    .filter((socket) => !isDeclared(socket))
    .map(({ protocol, local, port, uid }) => `${protocol} ${local}:${port} (user ${uid})`)
  const missing = declared.filter(
    (port) =>
      !listening.some(({ protocol, local, port: at }) => protocol === 'tcp' && at === port && !isLoopback(local)),
  )
  return [
    ...[...new Set(strange)].map((found): Deviation => ({ kind: 'port', target, expected, found })),
    ...missing.map(
      (port): Deviation => ({ kind: 'port', target, expected: `to listen on ${port}`, found: 'nothing there' }),
    ),
  ]
}
