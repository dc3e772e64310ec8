import type { PaymentStore } from './payment-store.ts'
import type { SettlePayment } from './settle-payment.ts'

/** As many calls to the provider as are under way at once. */
const batch = 50

/**
 * Asks about every payment whose outcome is open and that nobody is asking about: the provider was slow or away, or the
 * process that asked is gone. @returns whether there may be more
 */
export async function askDuePayments(
  payments: PaymentStore,
  settle: SettlePayment,
  onOutcome: () => void,
): Promise<boolean> {
  const taken = await payments.takeDue(batch)
  const results = await Promise.allSettled(taken.map((due) => settle(due, true)))
  if (results.some((result) => result.status === 'fulfilled' && result.value)) onOutcome()
  const failure = results.find((result) => result.status === 'rejected')
  if (failure) throw failure.reason
  return taken.length === batch
}
