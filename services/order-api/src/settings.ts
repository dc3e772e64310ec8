import { auditSettings } from '@secure-ecommerce/kit/audit-trail'
import { secretFile, serverSettings, setting, urlSetting } from '@secure-ecommerce/kit/config'
import { databaseSettings } from '@secure-ecommerce/kit/database'
import { identitySettings } from '@secure-ecommerce/kit/identify'
import Joi from 'joi'
import { signingKeyFile } from './signing-key.ts'

export const settings = {
  ...serverSettings,
  ...databaseSettings,
  ...identitySettings,
  ...auditSettings,
  signingKey: signingKeyFile('JWT_PRIVATE_KEY_FILE'),
  linkKey: secretFile('ORDER_LINK_KEY_FILE'),
  gatewayUrl: urlSetting('GATEWAY_URL'),
  paymentApiUrl: urlSetting('PAYMENT_API_URL'),
  stockApiKey: secretFile('STOCK_API_KEY_FILE'),
  paymentApiKey: secretFile('PAYMENT_API_KEY_FILE'),
  webhookKey: secretFile('PAYMENT_WEBHOOK_KEY_FILE'),
  patience: setting<number>('ORDER_PATIENCE_MINUTES', Joi.number().integer().min(1).max(1_440).default(25)),
}
