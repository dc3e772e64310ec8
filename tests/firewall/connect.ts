// Tries each address at once and prints what became of it: the name that answered, "refused", or "dropped" when nothing came within two seconds.
// Usage: node connect.ts JSON        a list of {host, port, protocol, from}
import { createSocket } from 'node:dgram'
import { connect, isIPv6 } from 'node:net'

export type Attempt = { host: string; port: number; protocol?: 'udp'; from?: string }

const PATIENCE_MS = 2_000

function overTcp({ host, port, from }: Attempt): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, ...(from && { localAddress: from }) })
    socket.setTimeout(PATIENCE_MS, () => resolve('dropped'))
    socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED' ? 'refused' : `${code}`))
    socket.once('data', (name) => resolve(`${name}`.trim()))
    socket.on('close', () => resolve('closed'))
  }).then((outcome) => outcome as string)
}

function overUdp({ host, port }: Attempt): Promise<string> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4', (name) => resolve(`${name}`))
    socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve(`${code}`))
    socket.send('?', port, host)
    setTimeout(() => resolve('dropped'), PATIENCE_MS)
  })
}

const attempts: Attempt[] = JSON.parse(process.argv[2] ?? '[]')
const outcomes = await Promise.all(
  attempts.map((attempt) => (attempt.protocol === 'udp' ? overUdp(attempt) : overTcp(attempt))),
)
console.log(JSON.stringify(outcomes))
process.exit()
