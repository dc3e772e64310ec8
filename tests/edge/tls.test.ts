import { once } from 'node:events'
import { type ConnectionOptions, connect } from 'node:tls'
import { expect, test } from 'vitest'
import { shownCertificate } from './https.ts'

const ca = shownCertificate()
const trust = { ca, allowPartialTrustChain: true, checkServerIdentity: () => undefined }

/** What a handshake comes to: version and cipher, or how it was refused. */
async function shakeHands(options: ConnectionOptions): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: Number(process.env.HTTPS_PORT ?? 443), ...trust, ...options })
  try {
    await once(socket, 'secureConnect')
    return `${socket.getProtocol()} ${socket.getCipher().name}`
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error)
  } finally {
    socket.destroy()
  }
}

const only = (version: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3', ciphers?: string) =>
  shakeHands({ minVersion: version, maxVersion: version, ...(ciphers && { ciphers }) })

test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s is spoken, with forward secrecy', async (version) => {
  expect(await only(version)).toMatch(new RegExp(`^${version} (ECDHE|TLS_)`))
})

test.each(['TLSv1', 'TLSv1.1'] as const)('%s is refused', async (version) => {
  expect(await only(version, 'ALL:@SECLEVEL=0')).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION')
})

test.each([
  { kind: 'without forward secrecy', ciphers: 'AES128-GCM-SHA256:AES256-GCM-SHA384' },
  { kind: 'in CBC mode', ciphers: 'ECDHE-RSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA256:AES128-SHA' },
  { kind: 'without encryption', ciphers: 'NULL:eNULL:@SECLEVEL=0' },
  { kind: 'without a certificate', ciphers: 'ADH:AECDH:@SECLEVEL=0' },
])('a cipher $kind is refused', async ({ ciphers }) => {
  expect(await only('TLSv1.2', ciphers)).toMatch(/^ERR_SSL_.*_ALERT_HANDSHAKE_FAILURE$/)
})
