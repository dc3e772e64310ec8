import type { Logger } from '@secure-ecommerce/kit/log'
import type { Secret } from '@secure-ecommerce/kit/secret'
import Stripe from 'stripe'
import type { ChargeAnswer, ChargeRequest, PaymentProvider } from './payment-provider.ts'
import { declined, isReplayedFailure, withoutSecrets } from './stripe-errors.ts'

type Options = {
  apiKey: Secret
  log: Logger
  /** Milliseconds for one request. */
  timeout: number
  /** The way to Stripe; in a test, to its own server. */
  server?: Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol' | 'httpAgent'>
}

/** Stripe keeps a key for at least a day (docs.stripe.com/api/idempotent_requests); used later it would charge again. */
const keyLife = 23 * 3_600_000

/** Cards at Stripe: a PaymentIntent for each order, created and confirmed by one request. */
export function stripeProvider({ apiKey, log, timeout, server = {} }: Options): PaymentProvider {
  // Repeating is the worker's job, which does it across restarts.
  const open = (key: string) => ({
    key,
    stripe: new Stripe(key, { ...server, timeout, maxNetworkRetries: 0, telemetry: false }),
  })
  let opened = open(apiKey.reveal())

  /** With the key that is in the file by now. */
  function stripe(): Stripe {
    if (opened.key !== apiKey.reveal()) opened = open(apiKey.reveal())
    return opened.stripe
  }

  async function create({ key, amountCents, currency, token }: ChargeRequest): Promise<ChargeAnswer> {
    // The API takes a token here, which the package's types leave out.
    const card = { type: 'card', card: { token } } as Stripe.PaymentIntentCreateParams.PaymentMethodData
    const intent = await stripe().paymentIntents.create(
      {
        amount: amountCents,
        currency,
        confirm: true,
        payment_method_data: card,
        // The customer is not there to be sent to a bank's page: a card that wants that is declined.
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
        error_on_requires_action: true,
        metadata: { order_reference: key },
      },
      { idempotencyKey: key },
    )
    return answerOf(intent)
  }

  /** What became of an order where its key no longer tells. New intents take up to a minute to be found. */
  async function search(key: string): Promise<ChargeAnswer> {
    const { data } = await stripe().paymentIntents.search({ query: `metadata['order_reference']:'${key}'` })
    if (!data[0]) throw new Error(`Stripe knows of no payment for order ${key}: look for it in the dashboard`)
    return answerOf(data[0])
  }

  async function guarded<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    try {
      return await call()
    } catch (error) {
      throw withoutSecrets(error, log)
    }
  }

  return {
    charge: (request) =>
      guarded(async () => {
        if (Date.now() - request.since.getTime() > keyLife) return search(request.key)
        try {
          return await create(request)
        } catch (error) {
          if (isReplayedFailure(error)) return search(request.key)
          const answer = declined(error, log)
          if (answer) return answer
          throw error
        }
      }),

    readCharge: (providerId) => guarded(async () => answerOf(await stripe().paymentIntents.retrieve(providerId))),

    refund: ({ key, chargeId, amountCents }) =>
      guarded(async () => {
        const request = { payment_intent: chargeId, amount: amountCents }
        const created = await stripe().refunds.create(request, { idempotencyKey: key })
        // A repeated key gives the answer of then; what it is now is read.
        const refund = created.status === 'succeeded' ? created : await stripe().refunds.retrieve(created.id)
        if (refund.status === 'succeeded') return { status: 'refunded', refund_id: refund.id }
        if (refund.status === 'pending') return { status: 'pending' }
        throw new Error(`refund ${refund.id} is ${refund.status}: settle it in the dashboard`)
      }),
  }
}

function answerOf({ id, status, last_payment_error: error }: Stripe.PaymentIntent): ChargeAnswer {
  if (status === 'succeeded') return { status: 'captured', provider_id: id }
  if (status === 'requires_payment_method' || status === 'canceled') {
    return { status: 'declined', provider_id: id, reason: error?.decline_code ?? error?.code ?? status }
  }
  return { status: 'pending', provider_id: id }
}
