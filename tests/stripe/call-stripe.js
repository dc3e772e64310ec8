// What payment-api does with its provider, as small as it gets; run in its container by stripe.test.ts.
// Usage: node --input-type=module --eval "$(cat call-stripe.js)" -- NAME CERTIFICATE
import { Agent } from 'node:https'
import Stripe from 'stripe'

const [servername, ca] = process.argv.slice(-2)
const [host, port] = process.env.STRIPE_EGRESS.split(':')
// What an agent is given counts more than what the request says: it connects to the proxy, and Stripe is who is spoken to.
const httpAgent = new Agent({ host, port, servername, ca })
const stripe = new Stripe('sk_test_nobody', { httpAgent, maxNetworkRetries: 0, timeout: 5_000, telemetry: false })
const answer = await stripe.balance.retrieve().catch(({ type, detail }) => ({ type, code: detail?.code }))
console.log(JSON.stringify(answer))
