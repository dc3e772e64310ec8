import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createLog } from '@secure-ecommerce/kit/log'
import { Secret } from '@secure-ecommerce/kit/secret'
import { expect, test } from 'vitest'
import { stripeProvider } from './stripe-provider.ts'

type Reply = { status?: number; body: object; headers?: Record<string, string>; delay?: number }

const patient = new AbortController().signal
const charge = {
  key: '5f0c7a52-8c1e-4b53-9d3a-0b9be2a1f6d4',
  amountCents: 1999,
  currency: 'eur',
  token: 'tok_visa',
  since: new Date(),
}
const refund = { key: `${charge.key}:refund`, chargeId: 'pi_3Qb', amountCents: 1999, currency: 'eur' }

/** A PaymentIntent as Stripe writes it, without what nobody reads. */
const intent = (status: string, fields: object = {}) => ({
  id: 'pi_3Qb',
  object: 'payment_intent',
  amount: 1999,
  currency: 'eur',
  client_secret: 'pi_3Qb_secret_x',
  last_payment_error: null,
  status,
  ...fields,
})

const cardError = {
  error: {
    code: 'card_declined',
    decline_code: 'insufficient_funds',
    doc_url: 'https://stripe.com/docs/error-codes/card-declined',
    message: 'Your card has insufficient funds.',
    type: 'card_error',
    payment_intent: intent('requires_payment_method'),
  },
}

/** A server on loopback that gives these replies in turn, and the adapter that talks to it. */
async function stripe(...replies: Reply[]) {
  const requests: { method?: string; path?: string; key?: string; form: Record<string, string> }[] = []
  const server = createServer(async (req, res) => {
    const form = Object.fromEntries(new URLSearchParams(await text(req)))
    const key = req.headers['idempotency-key']?.toString()
    requests.push({
      ...(req.method && { method: req.method }),
      ...(req.url && { path: req.url }),
      ...(key && { key }),
      form,
    })
    const { status = 200, body, headers, delay = 0 } = replies.shift() ?? { status: 500, body: {} }
    setTimeout(
      () => res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body)),
      delay,
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  const lines: string[] = []
  const log = createLog('test', 'info', { write: (line: string) => void lines.push(line) })
  const { port } = server.address() as AddressInfo
  const provider = stripeProvider({
    apiKey: new Secret('sk_test_unit'),
    log,
    timeout: 300,
    server: { host: '127.0.0.1', port, protocol: 'http' },
  })
  return {
    provider,
    requests,
    lines,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

test('a charge is one request that creates and confirms, with the order as its key', async () => {
  await using fake = await stripe({ body: intent('succeeded') })
  expect(await fake.provider.charge(charge, patient)).toEqual({ status: 'captured', provider_id: 'pi_3Qb' })
  expect(fake.requests).toEqual([
    {
      method: 'POST',
      path: '/v1/payment_intents',
      key: charge.key,
      form: {
        amount: '1999',
        currency: 'eur',
        confirm: 'true',
        'payment_method_data[type]': 'card',
        'payment_method_data[card][token]': 'tok_visa',
        'automatic_payment_methods[enabled]': 'true',
        'automatic_payment_methods[allow_redirects]': 'never',
        error_on_requires_action: 'true',
        'metadata[order_reference]': charge.key,
      },
    },
  ])
})

test.each([
  {
    why: 'a decline, with the issuer’s reason',
    reply: { status: 402, body: cardError },
    answer: { status: 'declined', provider_id: 'pi_3Qb', reason: 'insufficient_funds' },
  },
  {
    why: 'a decline without a reason of the issuer',
    reply: { status: 402, body: { error: { code: 'expired_card', type: 'card_error' } } },
    answer: { status: 'declined', provider_id: null, reason: 'expired_card' },
  },
  {
    why: 'a token that is used up',
    reply: { status: 400, body: { error: { code: 'token_already_used', type: 'invalid_request_error' } } },
    answer: { status: 'declined', provider_id: null, reason: 'token_already_used' },
  },
  {
    why: 'a charge that is processing',
    reply: { body: intent('processing') },
    answer: { status: 'pending', provider_id: 'pi_3Qb' },
  },
])('$why', async ({ reply, answer }) => {
  await using fake = await stripe(reply)
  expect(await fake.provider.charge(charge, patient)).toEqual(answer)
})

test.each([
  { status: 'succeeded', error: null, answer: { status: 'captured', provider_id: 'pi_3Qb' } },
  { status: 'processing', error: null, answer: { status: 'pending', provider_id: 'pi_3Qb' } },
  {
    status: 'requires_payment_method',
    error: { code: 'card_declined', decline_code: 'lost_card' },
    answer: { status: 'declined', provider_id: 'pi_3Qb', reason: 'lost_card' },
  },
  { status: 'canceled', error: null, answer: { status: 'declined', provider_id: 'pi_3Qb', reason: 'canceled' } },
])('a charge that was processing is read by its id: $status', async ({ status, error, answer }) => {
  await using fake = await stripe({ body: intent(status, { last_payment_error: error }) })
  expect(await fake.provider.readCharge('pi_3Qb', patient)).toEqual(answer)
  expect(fake.requests).toEqual([{ method: 'GET', path: '/v1/payment_intents/pi_3Qb', form: {} }])
})

test.each([
  { why: 'no answer in time', reply: { body: intent('succeeded'), delay: 600 }, says: 'StripeConnectionError' },
  { why: 'a failure of Stripe', reply: { status: 503, body: { error: { type: 'api_error' } } }, says: 'status 503' },
  { why: 'too many requests', reply: { status: 429, body: { error: { code: 'rate_limit' } } }, says: 'RateLimit' },
  {
    why: 'the same key in flight',
    reply: { status: 409, body: { error: { code: 'idempotency_key_in_use', type: 'idempotency_error' } } },
    says: 'idempotency_key_in_use',
  },
  {
    why: 'a key used otherwise',
    reply: { status: 400, body: { error: { type: 'idempotency_error' } } },
    says: 'StripeIdempotencyError',
  },
])('$why leaves the outcome unknown, and is not repeated here', async ({ reply, says }) => {
  await using fake = await stripe(reply)
  await expect(fake.provider.charge(charge, patient)).rejects.toThrow(says)
  expect(fake.requests).toHaveLength(1)
})

test('a key that Stripe refuses is said to the operator, and no customer is declined for it', async () => {
  await using fake = await stripe({ status: 401, body: { error: { type: 'invalid_request_error' } } })
  await expect(fake.provider.charge(charge, patient)).rejects.toThrow('StripeAuthenticationError')
  expect(fake.lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: 'error', msg: expect.stringContaining('STRIPE_KEY_FILE') }),
  ])
})

test('a failure that Stripe has kept is not asked for again: the payment is looked up', async () => {
  await using fake = await stripe(
    { status: 500, headers: { 'idempotent-replayed': 'true' }, body: { error: { type: 'api_error' } } },
    { body: { object: 'search_result', data: [intent('succeeded')] } },
  )
  expect(await fake.provider.charge(charge, patient)).toEqual({ status: 'captured', provider_id: 'pi_3Qb' })
  expect(decodeURIComponent(fake.requests[1]?.path ?? '')).toBe(
    `/v1/payment_intents/search?query=metadata['order_reference']:'${charge.key}'`,
  )
})

test('a key older than Stripe keeps them is never sent again', async () => {
  await using fake = await stripe({ body: { object: 'search_result', data: [] } })
  const old = { ...charge, since: new Date(Date.now() - 24 * 3_600_000) }
  await expect(fake.provider.charge(old, patient)).rejects.toThrow('look for it in the dashboard')
  expect(fake.requests.map(({ method }) => method)).toEqual(['GET'])
})

test('a refund has a key of its own', async () => {
  await using fake = await stripe({ body: { id: 're_1', object: 'refund', status: 'succeeded' } })
  expect(await fake.provider.refund(refund, patient)).toEqual({ status: 'refunded', refund_id: 're_1' })
  expect(fake.requests).toEqual([
    {
      method: 'POST',
      path: '/v1/refunds',
      key: refund.key,
      form: { payment_intent: 'pi_3Qb', amount: '1999' },
    },
  ])
})

test.each([
  { now: 'succeeded', outcome: { status: 'refunded', refund_id: 're_1' } },
  { now: 'pending', outcome: { status: 'pending' } },
])('a refund that was pending is read again: $now', async ({ now, outcome }) => {
  const answer = (status: string) => ({ body: { id: 're_1', object: 'refund', status } })
  await using fake = await stripe(answer('pending'), answer(now))
  expect(await fake.provider.refund(refund, patient)).toEqual(outcome)
})

test('a refund that failed is for the operator', async () => {
  const failed = { body: { id: 're_1', object: 'refund', status: 'failed' } }
  await using fake = await stripe(failed, failed)
  await expect(fake.provider.refund(refund, patient)).rejects.toThrow('refund re_1 is failed')
})
