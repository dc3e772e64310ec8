import { keyHeader } from '@secure-ecommerce/kit/api-key'
import type { Client } from '@secure-ecommerce/kit/client'
import { grouped } from '@secure-ecommerce/kit/grouped'
import type { Secret } from '@secure-ecommerce/kit/secret'
import { withTimeLimit } from '@secure-ecommerce/kit/time-limit'
import type { WantedItem } from './order-contract.ts'

export type ReservedItem = WantedItem & { name: string; price_cents: number }

/** What there is less of than was asked for. */
export type Shortage = { product_id: number; left: number }

export type Reservation =
  | { outcome: 'reserved'; items: ReservedItem[] }
  | { outcome: 'refused'; reason: 'out_of_stock' | 'no_such_product' | 'released'; shortages: Shortage[] }

type Wanted = { reference: string; items: WantedItem[] }

/** Milliseconds for an answer, the wait for those who asked before included. */
const patience = 6_000

export type StockClient = ReturnType<typeof stockClient>

/** Stock, which product-api keeps and only the gateway's internal routes reach. Asked again it says the same. */
export function stockClient(gateway: Client, apiKey: Secret) {
  const headers = () => ({ [keyHeader]: apiKey.reveal() })
  const post = <Body>(path: string, body: unknown) =>
    gateway.request<Body>({ method: 'POST', path: `/internal/stock/${path}`, headers: headers(), body })

  /** Orders that are placed at the same time go there together: under load it is messages that cost. */
  const reserveWithOthers = grouped(async (orders: Wanted[]) => {
    const { decisions } = await post<{ decisions: Reservation[] }>('reservations', { orders })
    return decisions
  })

  return {
    reserve(reference: string, items: WantedItem[]): Promise<Reservation> {
      const wanted = items.map(({ product_id, quantity }) => ({ product_id, quantity }))
      return withTimeLimit(patience, () => reserveWithOthers({ reference, items: wanted }))
    },

    /** Makes reservations sales. @returns those that were, and those whose goods are gone because their time was over */
    confirm: (references: string[]) => post<{ confirmed: string[]; lapsed: string[] }>('confirmations', { references }),

    /** Gives back what is reserved, and sees to it that nothing can be reserved for these orders any more. */
    async release(references: string[]): Promise<void> {
      await post('releases', { references })
    },
  }
}
