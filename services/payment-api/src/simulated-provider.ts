import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError } from '@secure-ecommerce/kit/config'
import type { Database } from '@secure-ecommerce/kit/database'
import type { Secret } from '@secure-ecommerce/kit/secret'
import type { ChargeAnswer, PaymentProvider } from './payment-provider.ts'
import { type SimulatedCharge, simulatorBooks } from './simulator-books.ts'

type Behaviour = {
  /** Declined for this reason; captured without one. */
  reason?: string
  /** Milliseconds for which the charge is processing. */
  late?: number
  /** The first answer comes after the client's patience. */
  slow?: true
}

/** Tokens that do not simply succeed. Stripe's, with its decline codes (docs.stripe.com/testing), and the simulator's own. */
const behaviours: Record<string, Behaviour> = {
  tok_chargeDeclined: { reason: 'card_declined' },
  tok_chargeDeclinedInsufficientFunds: { reason: 'insufficient_funds' },
  tok_chargeDeclinedExpiredCard: { reason: 'expired_card' },
  tok_simulateTimeout: { slow: true },
  tok_simulateTimeoutDeclined: { slow: true, reason: 'card_declined' },
  tok_simulateLateSuccess: { late: 2_000 },
  tok_simulateLateDecline: { late: 2_000, reason: 'card_declined' },
}

/** Longer than any client waits. */
const tooLong = 120_000

/**
 * Behaves as Stripe's test mode does, without a way out of the payment network. Its books are in the database, so it
 * remembers its keys when the service dies. Refuses a live key.
 */
export function simulatedProvider(database: Database, apiKey: Secret): PaymentProvider {
  if (!apiKey.reveal().startsWith('sk_test_'))
    throw new ConfigError('payment-api cannot start: the simulated provider takes only a test key (sk_test_…)')
  const books = simulatorBooks(database)

  return {
    async charge({ key, amountCents, currency, token }, signal) {
      const { reason = null, late = 0, slow } = behaviours[token] ?? {}
      const tokenSha256 = createHash('sha256').update(token).digest()
      const request = { id: idOf('ch', key), key, amountCents, currency, tokenSha256, reason, late }
      const { charge, added } = await books.charge(request)
      if (
        charge.amount_cents !== amountCents ||
        charge.currency !== currency ||
        !charge.token_sha256.equals(tokenSha256)
      ) {
        throw new Error(`the idempotency key ${key} was used for another charge`)
      }
      if (slow && added) await sleep(tooLong, undefined, { signal })
      return answerOf(charge)
    },

    async readCharge(providerId) {
      const charge = await books.findCharge(providerId)
      if (!charge) throw new Error(`there is no charge ${providerId}`)
      return answerOf(charge)
    },

    async refund({ key, chargeId, amountCents }) {
      const refund = { id: idOf('re', key), key, chargeId, amountCents }
      if (!(await books.refund(refund))) throw new Error(`charge ${chargeId} cannot be refunded ${amountCents} cents`)
      return { status: 'refunded', refund_id: refund.id }
    },
  }
}

function idOf(prefix: string, key: string): string {
  return `${prefix}_${createHash('sha256').update(key).digest('hex').slice(0, 24)}`
}

function answerOf({ id, settled, outcome, reason }: SimulatedCharge): ChargeAnswer {
  if (!settled) return { status: 'pending', provider_id: id }
  if (outcome === 'captured') return { status: 'captured', provider_id: id }
  return { status: 'declined', provider_id: id, reason: reason ?? 'card_declined' }
}
