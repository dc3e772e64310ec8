import { type ConfigOf, setting } from '@secure-ecommerce/kit/config'
import Joi from 'joi'

/** How much is taken from whom within each {@link windowMinutes}; .env.example says why so much. */
export const limitSettings = {
  windowMinutes: setting<number>('LIMIT_WINDOW_MINUTES', Joi.number().integer().min(1).max(1_440).required()),
  anonymousWrites: limit('LIMIT_ANONYMOUS_WRITES'),
  accountWrites: limit('LIMIT_ACCOUNT_WRITES'),
  loginFailures: limit('LIMIT_LOGIN_FAILURES'),
  storefrontWrites: limit('LIMIT_STOREFRONT_WRITES'),
  storefrontLoginFailures: limit('LIMIT_STOREFRONT_LOGIN_FAILURES'),
}

export type Limits = ConfigOf<typeof limitSettings>

function limit(variable: string) {
  return setting<number>(variable, Joi.number().integer().min(1).required())
}
