import { keyHeader } from '@secure-ecommerce/kit/api-key'
import type { Client } from '@secure-ecommerce/kit/client'
import type { Secret } from '@secure-ecommerce/kit/secret'

type Outcome = { status: 'captured' | 'declined'; reason: string | null }

export type PaymentClient = ReturnType<typeof paymentClient>

export function paymentClient(payments: Client, apiKey: Secret) {
  const headers = { [keyHeader]: apiKey.reveal() }

  return {
    /** Idempotent by `reference`. */
    charge(reference: string, amountCents: number, token: string): Promise<Outcome> {
      const body = { order_reference: reference, amount_cents: amountCents, token }
      return payments.request<Outcome>({ method: 'POST', path: '/payments', headers, body })
    },
  }
}
