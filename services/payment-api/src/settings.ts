import { auditSettings } from '@secure-ecommerce/kit/audit-trail'
import { secretFile, serverSettings, setting, urlSetting } from '@secure-ecommerce/kit/config'
import { databaseSettings } from '@secure-ecommerce/kit/database'
import Joi from 'joi'

export const settings = {
  ...serverSettings,
  ...databaseSettings,
  ...auditSettings,
  apiKey: secretFile('PAYMENT_API_KEY_FILE'),
  provider: setting<'simulated' | 'stripe'>(
    'PAYMENT_PROVIDER',
    Joi.string().valid('simulated', 'stripe').default('simulated'),
  ),
  stripeKey: secretFile('STRIPE_KEY_FILE'),
  stripeEgress: setting<string>(
    'STRIPE_EGRESS',
    Joi.string()
      .pattern(/^[a-z0-9.-]+:\d{1,5}$/, 'host:port')
      .default('stripe-egress:8443'),
  ),
  // Below the 5 s for which order-api waits for a charge.
  providerTimeout: setting<number>('PROVIDER_TIMEOUT_MS', Joi.number().integer().min(100).max(4_000).default(3_000)),
  orderApiUrl: urlSetting('ORDER_API_URL'),
  webhookKey: secretFile('PAYMENT_WEBHOOK_KEY_FILE'),
}
