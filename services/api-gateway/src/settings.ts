import { secretFile, serverSettings, setting, urlSetting } from '@secure-ecommerce/kit/config'
import { identitySettings } from '@secure-ecommerce/kit/identify'
import Joi from 'joi'
import { limitSettings } from './limit-settings.ts'

export const settings = {
  ...serverSettings,
  ...identitySettings,
  ...limitSettings,
  counters: setting<'memory' | 'redis'>('LIMIT_COUNTERS', Joi.string().valid('memory', 'redis').required()),
  redis: setting<string>(
    'REDIS',
    Joi.string()
      .pattern(/^[a-z0-9.-]+:\d{1,5}$/, 'host:port')
      .required(),
  ),
  redisPassword: secretFile('REDIS_PASSWORD_FILE'),
  productApiUrl: urlSetting('PRODUCT_API_URL'),
  orderApiUrl: urlSetting('ORDER_API_URL'),
}
