import type { DuePayment, PaymentStore } from './payment-store.ts'
import type { SettlePayment } from './settle-payment.ts'

/**
 * Asks about payments whose outcome is open and that nobody is asking about: the provider was slow or away, or the process that
 * asked is gone.
 *
 * @param onOutcome called when one is known, and order-api is to be told of it
 * @returns how to claim them, and what to do with each
 */
export function askDuePayments(payments: PaymentStore, settle: SettlePayment, onOutcome: () => void) {
  return {
    claim: payments.takeDue,
    async handle(due: DuePayment): Promise<void> {
      if (await settle(due, true)) onOutcome()
    },
  }
}
