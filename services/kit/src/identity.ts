import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import { unwatchFile, watchFile } from 'node:fs'
import { join } from 'node:path'
import { createSecureContext, type SecureContext } from 'node:tls'
import { isDeepStrictEqual } from 'node:util'
import type { Setting } from './config.ts'
import type { Logger } from './log.ts'
import { readText } from './read-text.ts'
import { serviceNamed } from './service-name.ts'

/** Milliseconds. */
const hour = 3_600_000

/** As PEM. */
export type Credentials = {
  /** Private key and certificate. */
  key: string
  cert: string
  /** The one authority whose certificates are believed, and which of them it took back. */
  ca: string
  crl: string
}

/** Who this service is towards the others. The files may be replaced at any time. */
export type Identity = {
  service: string
  current(): Credentials
  /** For calling others, made once for each replacement: Node would parse the certificates for each connection. */
  secureContext(): SecureContext
  expires(): Date
  /** Nobody believes us any more, nor shall we say that we work. */
  isOver(): boolean
  /** Called after each replacement, once {@link Identity.watch} was. */
  onChange(listener: () => void): void
  /**
   * Looks every second whether the files are others; what is not good is logged, and not taken. Reminds of one that runs out.
   *
   * @param spread milliseconds over which services take it that were given it at once: each then has many connections to open
   */
  watch(log: Logger, spread?: number): void
  unwatch(): void
}

/** The folder that the variable names, with identity.pem (key and certificate), authority.pem and revoked.pem. */
export function identityFolder(variable: string): Setting<Identity> {
  return {
    variable,
    read: (folder) => {
      if (!folder) throw new Error('expected the path of a folder with certificates, but it is not set')
      return openIdentity(folder)
    },
  }
}

/** Throws for files that are missing, that do not belong together or whose time is over. */
export function openIdentity(folder: string): Identity {
  const paths = ['identity.pem', 'authority.pem', 'revoked.pem'].map((name) => join(folder, name))
  let loaded = load()
  const listeners: (() => void)[] = []
  let reminder: NodeJS.Timeout | undefined

  function load() {
    const [identity, authority, revoked] = paths.map(readText) as [string, string, string]
    const { key, cert, ca, ...known } = checked(folder, identity, authority)
    const credentials = { key, cert, ca, crl: revoked }
    return { ...known, credentials, identity, context: createSecureContext({ ...credentials, minVersion: 'TLSv1.3' }) }
  }

  function describe() {
    const { certificate, identity, credentials } = loaded
    // By these the script that replaces them knows that they have arrived. Neither can be turned back.
    return { expires: certificate.validToDate, identity: sha256(identity), revoked: sha256(credentials.crl) }
  }

  function remind(log: Logger): void {
    const { validFromDate, validToDate } = loaded.certificate
    const left = (validToDate.getTime() - Date.now()) / (validToDate.getTime() - validFromDate.getTime())
    if (left < 1 / 4)
      log.warn({ expires: validToDate }, 'the certificate runs out: run scripts/rotate-secrets.sh certs')
  }

  function reload(log: Logger): void {
    try {
      const next = load()
      if (next.identity === loaded.identity && isDeepStrictEqual(next.credentials, loaded.credentials)) return
      loaded = next
      log.info(describe(), 'identity loaded')
      for (const listener of listeners) listener()
    } catch (error) {
      log.error({ err: error }, 'the new identity is not good; the one before stays')
    }
  }

  return {
    service: loaded.service,
    expires: () => loaded.certificate.validToDate,
    isOver: () => loaded.certificate.validToDate.getTime() < Date.now(),
    current: () => loaded.credentials,
    secureContext: () => loaded.context,
    onChange: (listener) => void listeners.push(listener),
    watch(log, spread = 0) {
      log.info(describe(), 'identity loaded')
      remind(log)
      reminder = setInterval(remind, hour, log).unref()
      const reloadSoon = () => setTimeout(reload, Math.random() * spread, log).unref()
      for (const path of paths) watchFile(path, { interval: 1_000, persistent: false }, reloadSoon)
    },
    unwatch() {
      clearInterval(reminder)
      for (const path of paths) unwatchFile(path)
    },
  }
}

function checked(folder: string, identity: string, ca: string) {
  const [key] = /-----BEGIN PRIVATE KEY-----.+?-----END PRIVATE KEY-----/s.exec(identity) ?? []
  const [cert] = /-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----/s.exec(identity) ?? []
  if (key === undefined || cert === undefined)
    throw new Error(`${folder}/identity.pem: expected a key and a certificate`)
  const [certificate, authority] = [new X509Certificate(cert), new X509Certificate(ca)]
  if (!certificate.checkPrivateKey(createPrivateKey(key)))
    throw new Error(`${folder}: the key is another certificate's`)
  if (!certificate.checkIssued(authority) || !certificate.verify(authority.publicKey)) {
    throw new Error(`${folder}: the certificate is not of the authority beside it`)
  }
  const { validFromDate, validToDate } = certificate
  if (validToDate.getTime() < Date.now())
    throw new Error(`${folder}: the certificate ran out at ${validToDate.toISOString()}`)
  if (validFromDate.getTime() > Date.now())
    throw new Error(`${folder}: the certificate begins at ${validFromDate.toISOString()}`)
  return { key, cert, ca, certificate, service: serviceNamed(certificate.subjectAltName) }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
