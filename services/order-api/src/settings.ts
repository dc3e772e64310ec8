import { secretFile, serverSettings, urlSetting } from '@secure-ecommerce/kit/config'
import { databaseSettings } from '@secure-ecommerce/kit/database'

export const settings = {
  ...serverSettings,
  ...databaseSettings,
  gatewayUrl: urlSetting('GATEWAY_URL'),
  paymentApiUrl: urlSetting('PAYMENT_API_URL'),
  stockApiKey: secretFile('STOCK_API_KEY_FILE'),
  paymentApiKey: secretFile('PAYMENT_API_KEY_FILE'),
}
