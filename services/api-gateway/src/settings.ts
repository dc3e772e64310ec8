import { serverSettings, urlSetting } from '@secure-ecommerce/kit/config'
import { identitySettings } from '@secure-ecommerce/kit/identify'
import { limitSettings } from './limit-settings.ts'

export const settings = {
  ...serverSettings,
  ...identitySettings,
  ...limitSettings,
  productApiUrl: urlSetting('PRODUCT_API_URL'),
  orderApiUrl: urlSetting('ORDER_API_URL'),
}
