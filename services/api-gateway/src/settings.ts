import { ConfigError, type ConfigOf, serverSettings, setting, urlSetting } from '@secure-ecommerce/kit/config'
import Joi from 'joi'

export const settings = {
  ...serverSettings,
  productApiUrl: urlSetting('PRODUCT_API_URL'),
  orderApiUrl: urlSetting('ORDER_API_URL'),
  authMode: setting<'demo' | 'enforced'>('AUTH_MODE', Joi.string().valid('demo', 'enforced').required()),
  /** Where nginx publishes the shop. */
  bindAddress: setting<string>('BIND_ADDRESS', Joi.string().ip().required()),
}

/** In the demo everybody is customer and admin, so only this machine may be let in; and there is nothing else than the demo yet. */
export function refuseOpenDemo({ authMode, bindAddress }: ConfigOf<typeof settings>): void {
  if (authMode === 'enforced') {
    throw new ConfigError(
      'api-gateway cannot start: AUTH_MODE=enforced needs accounts, which the shop does not have yet.',
    )
  }
  if (/^127\./.test(bindAddress)) return
  throw new ConfigError(
    `api-gateway cannot start: AUTH_MODE=demo lets everybody in as admin, and BIND_ADDRESS=${bindAddress} is not a loopback address.\n` +
      '  Set BIND_ADDRESS=127.0.0.1.',
  )
}
