import { keyHeader } from '@secure-ecommerce/kit/api-key'
import type { Client } from '@secure-ecommerce/kit/client'
import type { Secret } from '@secure-ecommerce/kit/secret'

export type Payment = {
  /** `intended`: what became of it is not known yet. */
  status: 'intended' | 'captured' | 'declined' | 'voided' | 'refunded'
  reason: string | null
}

export type PaymentClient = ReturnType<typeof paymentClient>

/** Payments, by the order's reference. Asked again each says the same. */
export function paymentClient(payments: Client, apiKey: Secret) {
  const headers = () => ({ [keyHeader]: apiKey.reveal() })
  const post = (path: string, body?: unknown) =>
    payments.request<Payment>({ method: 'POST', path: `/payments${path}`, headers: headers(), body })

  return {
    charge: (reference: string, amountCents: number, token: string) =>
      post('', { order_reference: reference, amount_cents: amountCents, token }),

    /** Sees to it that an order that was never charged never will be. @returns the payment as it is: perhaps it was charged */
    void: (reference: string, amountCents: number) => post(`/${reference}/void`, { amount_cents: amountCents }),

    /** Gives the whole amount back. @returns the payment, `captured` still while the provider has not said so */
    refund: (reference: string) => post(`/${reference}/refund`),
  }
}
