import { createHash } from 'node:crypto'
import { ConfigError } from '@secure-ecommerce/kit/config'
import type { Secret } from '@secure-ecommerce/kit/secret'

export type Outcome = { status: 'captured'; provider_id: string } | { status: 'declined'; reason: string }

/** The boundary behind which cards live. */
export type PaymentProvider = {
  /** @param key makes the charge idempotent: the provider answers a repeated key with the first outcome */
  charge(request: { key: string; amountCents: number; currency: string; token: string }): Promise<Outcome>
}

/** Test tokens of Stripe that do not succeed, with Stripe's decline codes (docs.stripe.com/testing). */
const declines: Record<string, string> = {
  tok_chargeDeclined: 'card_declined',
  tok_chargeDeclinedInsufficientFunds: 'insufficient_funds',
  tok_chargeDeclinedExpiredCard: 'expired_card',
}

/** Behaves as Stripe's test mode does for a charge, without a way out of the payment network. Refuses a live key. */
export function simulatedProvider(apiKey: Secret): PaymentProvider {
  if (!apiKey.reveal().startsWith('sk_test_'))
    throw new ConfigError('payment-api cannot start: the simulated provider takes only a test key (sk_test_…)')
  return {
    async charge({ key, token }) {
      const reason = declines[token]
      if (reason) return { status: 'declined', reason }
      // Derived from the key, so that a repeated charge has the same id without a store of its own.
      return { status: 'captured', provider_id: `ch_${createHash('sha256').update(key).digest('hex').slice(0, 24)}` }
    },
  }
}
