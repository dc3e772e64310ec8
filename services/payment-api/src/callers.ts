import type { Callers } from '@secure-ecommerce/kit/callers'

export const callers: Callers = { '/': ['order-api'] }
