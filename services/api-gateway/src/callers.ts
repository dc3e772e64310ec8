import type { Callers } from '@secure-ecommerce/kit/callers'

export const callers: Callers = {
  '/health': ['nginx', 'frontend', 'product-api', 'order-api'],
  '/api': ['nginx', 'frontend'],
  '/internal/stock': ['order-api'],
}
