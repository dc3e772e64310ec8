import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:https'
import type { TLSSocket } from 'node:tls'
import { stack } from '../stack.ts'

/** The certificate as nginx has it, which is its own authority unless the user gave another. */
export function shownCertificate(): string {
  const file = '/run/secrets/shop_certificate/certificate.pem'
  const pem = execFileSync('docker', ['exec', `${stack.prefix}-nginx`, 'cat', file], { encoding: 'utf8' })
  return pem.slice(pem.indexOf('-----BEGIN CERTIFICATE'))
}

/**
 * Asks the published port by HTTPS.
 *
 * @param ca whom to believe; without one, the certificate that nginx has now
 * @param agent without one, on a connection of its own
 */
export async function getByHttps(
  path: string,
  { host = 'localhost', ca = [shownCertificate()], agent }: { host?: string; ca?: string[]; agent?: Agent } = {},
) {
  // What is shown is what is believed: whoever signed it, and whatever its names are.
  const trust = { ca, allowPartialTrustChain: true, checkServerIdentity: () => undefined }
  const options = { path, headers: { host }, servername: 'localhost', agent: agent ?? new Agent(), ...trust }
  const sent = request({ host: '127.0.0.1', port: Number(process.env.HTTPS_PORT ?? 443), ...options })
  const [answer] = await once(sent.end(), 'response')
  const subject = (answer.socket as TLSSocket).getPeerX509Certificate()?.subject
  answer.resume()
  await once(answer, 'end')
  return { status: Number(answer.statusCode), rawHeaders: answer.rawHeaders as string[], subject }
}
