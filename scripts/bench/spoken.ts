import { once } from 'node:events'
import { connect } from 'node:tls'

export type Protocol = 'HTTP' | 'TLS'

/** What is spoken there: plain HTTP where a request without certificate is answered, TLS where a handshake begins. */
export async function spokenAt(host: string, port: number): Promise<Protocol | undefined> {
  if (await answersPlainly(host, port)) return 'HTTP'
  return (await shakesHands(host, port)) ? 'TLS' : undefined
}

function answersPlainly(host: string, port: number): Promise<boolean> {
  return fetch(`http://${host}:${port}/health`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** Whom it believes is not the question here. */
async function shakesHands(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port, rejectUnauthorized: false }).on('error', () => {})
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(5_000) })
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
