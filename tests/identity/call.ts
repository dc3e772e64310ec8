import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:https'
import { resolve } from 'node:path'
import type { TLSSocket } from 'node:tls'
import type { Credentials } from '@secure-ecommerce/kit/identity'
import { container, docker, eventually } from '../stack.ts'

/** The authority of the stack that is tested: tests issue from a copy, so that its own books stay as they are. */
export const authorityFolder = resolve(process.env.SECRETS_DIR ?? 'secrets', 'ca')

/** A service's container, by the name behind the prefix. */
export const containerOf = (service: string) => (service === 'api-gateway' ? 'gateway' : service)

export type Answer = { status: number; body: string; serial: string; resumed: boolean }

export type Call = Partial<Credentials> & {
  path?: string
  headers?: Record<string, string>
  session?: Buffer
  maxVersion?: 'TLSv1.2'
}

/** Asks a service on its business port, from the host. Rejects where no answer came. */
export async function call(service: string, { path = '/health', ...tls }: Call): Promise<Answer> {
  const sent = request({ host: await addressOf(service), port: 8443, servername: service, path, agent: false, ...tls })
  sent.setTimeout(5_000, () => sent.destroy(new Error('no answer within 5 s')))
  const [answer] = await once(sent.end(), 'response')
  const socket = answer.socket as TLSSocket
  const serial = socket.getPeerX509Certificate()?.serialNumber ?? 'none'
  const resumed = socket.isSessionReused()
  let body = ''
  for await (const chunk of answer) body += chunk
  return { status: answer.statusCode, body, serial, resumed }
}

export async function addressOf(service: string): Promise<string> {
  const { NetworkSettings } = await container(containerOf(service)).inspect()
  const [network] = Object.values(NetworkSettings.Networks)
  if (!network?.IPAddress) throw new Error(`${service} has no address`)
  return network.IPAddress
}

/** What a service shows and believes itself, read where it reads it. */
export function ownCredentials(name: string, service: string): Credentials {
  const folder = `/run/secrets/${service.replaceAll('-', '_')}_identity`
  const read = (file: string) =>
    execFileSync('docker', ['exec', name, 'cat', `${folder}/${file}.pem`], { encoding: 'utf8' })
  const identity = read('identity')
  return { key: identity, cert: identity, ca: read('authority'), crl: read('revoked') }
}

/** The causes for which a service has refused callers since then. */
export async function refusals(service: string, since: number): Promise<string[]> {
  const id = (await container(containerOf(service)).inspect()).Id
  const log = await docker.getContainer(id).logs({ stdout: true, stderr: true, since: Math.floor(since / 1_000) })
  return log
    .toString()
    .split('\n')
    .filter((line) => line.includes('"msg":"caller refused"'))
    .map((line) => JSON.parse(line.slice(line.indexOf('{"'))))
    .filter(({ time }) => Date.parse(time) >= since)
    .map(({ cause }) => cause)
}

/** Waits for the one line that says why; what somebody else is refused for meanwhile does not count. */
export const refusedFor = (service: string, cause: string, since: number) =>
  eventually(5, async () => {
    const causes = await refusals(service, since)
    if (causes.filter((found) => found === cause).length === 1) return true
    throw new Error(`expected ${service} to log one refusal for "${cause}" but found ${JSON.stringify(causes)}`)
  })
