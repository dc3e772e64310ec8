import Joi from 'joi'
import { ConfigError, type ConfigOf, setting } from './config.ts'

export const authModeSettings = {
  authMode: setting<'demo' | 'enforced'>('AUTH_MODE', Joi.string().valid('demo', 'enforced').required()),
  /** Where nginx publishes the shop. */
  bindAddress: setting<string>('BIND_ADDRESS', Joi.string().ip().required()),
}

/** In the demo everybody without credentials is customer and admin, so only this machine may be let in. */
export function refuseOpenDemo(service: string, { authMode, bindAddress }: ConfigOf<typeof authModeSettings>): void {
  if (authMode === 'enforced' || /^127\./.test(bindAddress)) return
  throw new ConfigError(
    `${service} cannot start: AUTH_MODE=demo lets everybody in as admin, and BIND_ADDRESS=${bindAddress} is not a loopback address.\n` +
      '  Set BIND_ADDRESS=127.0.0.1, or AUTH_MODE=enforced.',
  )
}
