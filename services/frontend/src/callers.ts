import type { Callers } from '@secure-ecommerce/kit/callers'

export const callers: Callers = { '/': ['nginx'], '/health': ['nginx', 'api-gateway'] }
