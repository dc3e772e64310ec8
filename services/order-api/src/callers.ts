import type { Callers } from '@secure-ecommerce/kit/callers'

export const callers: Callers = {
  '/health': ['api-gateway', 'payment-api'],
  '/ready': ['api-gateway'],
  '/api': ['api-gateway'],
  '/internal/payment-events': ['payment-api'],
}
