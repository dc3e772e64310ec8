import type { Logger } from '@secure-ecommerce/kit/log'
import Stripe from 'stripe'
import type { ChargeAnswer } from './payment-provider.ts'

const { StripeError, StripeCardError, StripeInvalidRequestError, StripeAuthenticationError, StripePermissionError } =
  Stripe.errors

/** The answer in an error that says for certain that no money moved. */
export function declined(error: unknown, log: Logger): ChargeAnswer | undefined {
  if (error instanceof StripeCardError) {
    const reason = error.decline_code || error.code || 'card_declined'
    return { status: 'declined', provider_id: error.payment_intent?.id ?? null, reason }
  }
  if (error instanceof StripeInvalidRequestError) {
    // A token that is used up, or an amount too large; also what a wrong set-up of the account looks like.
    log.error({ code: error.code, param: error.param, stripeRequest: error.requestId }, 'Stripe refuses the request')
    return { status: 'declined', provider_id: null, reason: error.code ?? 'invalid_request' }
  }
  return undefined
}

/** Whether Stripe repeats a failure of its own, which it will do for as long as it keeps the key. */
export function isReplayedFailure(error: unknown): boolean {
  return (
    error instanceof StripeError && (error.statusCode ?? 0) >= 500 && error.headers?.['idempotent-replayed'] === 'true'
  )
}

/** An error fit for the log: Stripe's own carries the payment method and the client's secret. */
export function withoutSecrets(error: unknown, log: Logger): unknown {
  if (!(error instanceof StripeError)) return error
  if (error instanceof StripeAuthenticationError || error instanceof StripePermissionError) {
    log.error({ stripeRequest: error.requestId }, 'Stripe refuses the key in STRIPE_KEY_FILE: no payment is settled')
  }
  const { type, code, statusCode, requestId } = error
  return new Error(`${type}, code ${code}, status ${statusCode}, request ${requestId}`)
}
