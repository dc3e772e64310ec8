import type { ConfigOf } from '@secure-ecommerce/kit/config'
import type { Database } from '@secure-ecommerce/kit/database'
import type { Logger } from '@secure-ecommerce/kit/log'
import type { PaymentProvider } from './payment-provider.ts'
import type { settings } from './settings.ts'
import { simulatedProvider } from './simulated-provider.ts'
import { stripeProvider } from './stripe-provider.ts'

/** The provider that the operator named. The simulator is the default: the stack has no way out to Stripe. */
export function chooseProvider(
  { provider, stripeKey, providerTimeout }: ConfigOf<typeof settings>,
  database: Database,
  log: Logger,
): PaymentProvider {
  if (provider === 'simulated') return simulatedProvider(database, stripeKey)
  return stripeProvider({ apiKey: stripeKey, log, timeout: providerTimeout })
}
