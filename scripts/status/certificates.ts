import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { secretsFolder } from '../stack/folders.ts'
import { setting } from '../stack/settings.ts'
import type { Line } from './line.ts'

/** The shop's, as browsers are given it, and the services' that is over first. */
export async function certificateLines(): Promise<Line[]> {
  const folder = join(secretsFolder(), 'ca', 'in-use')
  const services = readdirSync(folder)
    .filter((file) => file.endsWith('.pem'))
    .map((file) => ({ name: file.replace('.pem', ''), until: untilOf(readFileSync(join(folder, file), 'utf8')) }))
    .sort((a, b) => a.until - b.until)
  const [first] = services
  const shop = await shopCertificate().then(
    (until) => certificateLine('shop', until),
    ({ message }: Error): Line => ({ text: `shop: ${message}`, alarm: true }),
  )
  return [
    shop,
    ...(first ? [certificateLine(`${services.length} services, the first ${first.name}`, first.until)] : []),
  ]
}

/** Replaced when a third is left: of a month that is ten days, so less than a week means that nobody did. */
export function certificateLine(who: string, until: number, now = Date.now()): Line {
  const days = Math.floor((until - now) / 86_400_000)
  return { text: `${who}: ${days} days left`, alarm: days < 7 }
}

const untilOf = (pem: string) => Date.parse(new X509Certificate(pem).validTo)

async function shopCertificate(): Promise<number> {
  const address = setting('BIND_ADDRESS', '127.0.0.1')
  const host = address === '0.0.0.0' ? '127.0.0.1' : address
  // Who it is for does not matter here, only how long.
  const options = { host, port: Number(setting('HTTPS_PORT', '443')), rejectUnauthorized: false, timeout: 5_000 }
  const socket = connect({ ...options, servername: 'localhost' })
  socket.on('timeout', () => socket.destroy(new Error('nginx does not answer within 5 s')))
  try {
    await once(socket, 'secureConnect')
    return Date.parse(socket.getPeerCertificate().valid_to)
  } finally {
    socket.destroy()
  }
}
