import { authModeSettings } from '@secure-ecommerce/kit/auth-mode'
import { serverSettings, urlSetting } from '@secure-ecommerce/kit/config'

export const settings = {
  ...serverSettings,
  ...authModeSettings,
  productApiUrl: urlSetting('PRODUCT_API_URL'),
  orderApiUrl: urlSetting('ORDER_API_URL'),
}
