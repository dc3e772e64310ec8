export type ChargeRequest = {
  /** Makes the charge idempotent: the provider answers a repeated key with the first outcome. */
  key: string
  amountCents: number
  currency: string
  token: string
  /** When the key was first used, at the earliest: no provider keeps keys for ever. */
  since: Date
}

export type ChargeAnswer =
  | { status: 'captured'; provider_id: string }
  | { status: 'declined'; provider_id: string | null; reason: string }
  /** The provider is still at it: ask by the id. */
  | { status: 'pending'; provider_id: string }

export type RefundRequest = { key: string; chargeId: string; amountCents: number; currency: string }

export type RefundAnswer = { status: 'refunded'; refund_id: string } | { status: 'pending' }

/**
 * The boundary behind which cards live. Whatever an adapter throws means that the outcome is unknown, never that there is
 * none: money may have moved, so the same is asked again until there is an answer.
 */
export type PaymentProvider = {
  /** @param signal aborted once nobody waits for the answer any more */
  charge(request: ChargeRequest, signal: AbortSignal): Promise<ChargeAnswer>
  /** What has become of a charge that was pending. */
  readCharge(providerId: string, signal: AbortSignal): Promise<ChargeAnswer>
  /** Gives back a captured charge, once. */
  refund(request: RefundRequest, signal: AbortSignal): Promise<RefundAnswer>
}
