import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Secret } from './secret.ts'
import { ServiceError } from './service-error.ts'

/** The header that signs a webhook, in the form of Stripe's: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`. */
export const signatureHeader = 'payment-signature'

/** Seconds that a signature stays good: long enough for clocks that differ, too short to keep a message for later. */
const tolerance = 300

export function sign(key: Secret, body: string, at = unixSeconds()): string {
  return `t=${at},v1=${digest(key.reveal(), at, body).toString('hex')}`
}

/** Throws `forbidden` where the signature is missing, malformed, too old or of another body or key. */
export function verifySignature(key: Secret, body: string, header: string | undefined): void {
  const [, seconds, hex] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '') ?? []
  if (seconds === undefined || hex === undefined) throw new ServiceError('forbidden', 'Expected a signature')
  const at = Number(seconds)
  if (Math.abs(unixSeconds() - at) > tolerance) throw new ServiceError('forbidden', 'The signature is too old')
  const given = Buffer.from(hex, 'hex')
  if (!key.revealAll().some((each) => timingSafeEqual(digest(each, at, body), given))) {
    throw new ServiceError('forbidden', 'The signature is of another message')
  }
}

function digest(key: string, at: number, body: string): Buffer {
  return createHmac('sha256', key).update(`${at}.${body}`).digest()
}

function unixSeconds(): number {
  return Math.floor(Date.now() / 1_000)
}
