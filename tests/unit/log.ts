import { createLog } from '@secure-ecommerce/kit/log'

export const silentLog = createLog('test', 'silent')
