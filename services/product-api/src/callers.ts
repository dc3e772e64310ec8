import type { Callers } from '@secure-ecommerce/kit/callers'

/** Of stock the gateway asks in the name of order-api, whose key product-api wants to see. */
export const callers: Callers = {
  '/health': ['api-gateway'],
  '/ready': ['api-gateway'],
  '/api': ['api-gateway'],
  '/internal/stock': ['api-gateway'],
}
