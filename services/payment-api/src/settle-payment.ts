import { crashPoint } from '@secure-ecommerce/kit/crash-point'
import type { Logger } from '@secure-ecommerce/kit/log'
import { withTimeLimit } from '@secure-ecommerce/kit/time-limit'
import type { Ledger } from './ledger.ts'
import type { Payment } from './payment-contract.ts'
import { paymentEvent } from './payment-event.ts'
import type { ChargeAnswer, PaymentProvider, RefundAnswer } from './payment-provider.ts'
import type { DuePayment, PaymentStore } from './payment-store.ts'

export type SettlePayment = ReturnType<typeof settlePayment>

type Dependencies = {
  log: Logger
  payments: PaymentStore
  ledger: Ledger
  provider: PaymentProvider
  /** Milliseconds for one call to the provider. */
  providerTimeout: number
}

/**
 * Asks the provider once about a charge or a refund and records what it says; where it says nothing, others ask again.
 *
 * @returns a function whose `announce` says whether order-api has to be told, because nobody waits for the answer; it
 * resolves to the payment once the outcome is known, and to nothing before
 */
export function settlePayment({ log, payments, ledger, provider, providerTimeout }: Dependencies) {
  /** An error leaves the outcome unknown. */
  async function ask<A>(
    due: DuePayment,
    call: (signal: AbortSignal) => Promise<A>,
  ): Promise<A | { status: 'unknown' }> {
    try {
      return await withTimeLimit(providerTimeout, call)
    } catch (error) {
      log.warn({ err: error, order_reference: due.payment.order_reference }, 'the provider gave no outcome')
      return { status: 'unknown' }
    }
  }

  function askForCharge(due: DuePayment): Promise<ChargeAnswer | { status: 'unknown' }> {
    const { payment, provider_id, created_at } = due
    if (provider_id !== null) return ask(due, (signal) => provider.readCharge(provider_id, signal))
    const request = {
      key: payment.order_reference,
      amountCents: payment.amount_cents,
      currency: payment.currency,
      token: due.token as string,
      since: created_at,
    }
    return ask(due, (signal) => provider.charge(request, signal))
  }

  function askForRefund(due: DuePayment): Promise<RefundAnswer | { status: 'unknown' }> {
    const { payment, provider_id } = due
    const request = {
      key: `${payment.order_reference}:refund`,
      chargeId: provider_id as string,
      amountCents: payment.amount_cents,
      currency: payment.currency,
    }
    return ask(due, (signal) => provider.refund(request, signal))
  }

  async function charge(due: DuePayment, announce: boolean): Promise<Payment | undefined> {
    const { order_reference } = due.payment
    const answer = await askForCharge(due)
    await crashPoint('after-charge-before-record')
    if (answer.status === 'unknown' || answer.status === 'pending') {
      await payments.postpone(order_reference, answer.status === 'pending' ? answer.provider_id : null)
      return undefined
    }
    const { status, provider_id } = answer
    const reason = answer.status === 'declined' ? answer.reason : null
    const event = announce ? paymentEvent(status, due.payment, reason) : undefined
    return ledger.record({ order_reference, status, reason, provider_id, refund_id: null, event })
  }

  async function refund(due: DuePayment, announce: boolean): Promise<Payment | undefined> {
    const { order_reference } = due.payment
    const answer = await askForRefund(due)
    await crashPoint('after-refund-before-record')
    if (answer.status !== 'refunded') {
      await payments.postpone(order_reference, null)
      return undefined
    }
    const { status, refund_id } = answer
    const event = announce ? paymentEvent(status, due.payment, null) : undefined
    return ledger.record({
      order_reference,
      status,
      reason: null,
      provider_id: null,
      refund_id,
      event,
    })
  }

  return (due: DuePayment, announce: boolean): Promise<Payment | undefined> =>
    due.payment.status === 'intended' ? charge(due, announce) : refund(due, announce)
}
