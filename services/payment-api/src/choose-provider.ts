import { Agent } from 'node:https'
import { ConfigError, type ConfigOf } from '@secure-ecommerce/kit/config'
import type { Database } from '@secure-ecommerce/kit/database'
import type { Logger } from '@secure-ecommerce/kit/log'
import type { PaymentProvider } from './payment-provider.ts'
import type { settings } from './settings.ts'
import { simulatedProvider } from './simulated-provider.ts'

type Chosen = Pick<ConfigOf<typeof settings>, 'provider' | 'stripeKey' | 'stripeEgress' | 'providerTimeout'>

/** The provider that the operator named. Stripe takes the profile that opens a way out to it, so the simulator is the default. */
export function chooseProvider(config: Chosen, database: Database, log: Logger): PaymentProvider {
  const { provider, stripeKey, stripeEgress, providerTimeout } = config
  if (provider === 'simulated') return simulatedProvider(database, stripeKey)
  if (!stripeKey.reveal().startsWith('sk_'))
    throw new ConfigError('payment-api cannot start: Stripe takes a secret key (sk_…)')

  // Loaded only where it is used: Stripe's package takes as much memory as the rest of the service.
  const stripe = import('./stripe-provider.ts').then(({ stripeProvider }) =>
    stripeProvider({
      apiKey: stripeKey,
      log,
      timeout: providerTimeout,
      server: { httpAgent: throughProxy(stripeEgress) },
    }),
  )
  return {
    charge: async (...request) => (await stripe).charge(...request),
    readCharge: async (...request) => (await stripe).readCharge(...request),
    refund: async (...request) => (await stripe).refund(...request),
  }
}

/** What an agent is given counts more than what a request says: it connects to the proxy, and it is Stripe that is spoken to. */
function throughProxy(egress: string): Agent {
  const [host, port] = egress.split(':')
  return new Agent({ keepAlive: true, host, port: Number(port), servername: 'api.stripe.com' })
}
