import { keyHeader } from '@secure-ecommerce/kit/api-key'
import type { Client } from '@secure-ecommerce/kit/client'
import type { Secret } from '@secure-ecommerce/kit/secret'
import type { WantedItem } from './order-contract.ts'

export type ReservedItem = WantedItem & { name: string; price_cents: number }

export type StockClient = ReturnType<typeof stockClient>

/** Stock, which product-api keeps and only the gateway's internal routes reach. */
export function stockClient(gateway: Client, apiKey: Secret) {
  const headers = { [keyHeader]: apiKey.reveal() }

  return {
    /** Idempotent by `reference`. Throws ServiceError `conflict` or `unprocessable` when it cannot be had; nothing is taken then. */
    async reserve(reference: string, items: WantedItem[]): Promise<ReservedItem[]> {
      const path = `/internal/stock/${reference}`
      const answer = await gateway.request<{ items: ReservedItem[] }>({
        method: 'POST',
        path,
        headers,
        body: { items },
      })
      return answer.items
    },

    /** Idempotent by `reference`. */
    async release(reference: string): Promise<void> {
      await gateway.request({ method: 'DELETE', path: `/internal/stock/${reference}`, headers })
    },
  }
}
