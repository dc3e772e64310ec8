import { NotSentError } from '@secure-ecommerce/kit/client'
import type { ServiceError } from '@secure-ecommerce/kit/service-error'
import { tellReason } from './order-status.ts'

type Problem = {
  problem: string
  /** Whether a further attempt must be the same order, because this one may have been taken. */
  sameOrder: boolean
}

/** What to tell a customer whose order was not taken, or may not have been. */
export function checkoutProblem(error: ServiceError): Problem {
  if (error instanceof NotSentError) {
    return {
      problem: 'The shop does not answer at the moment. Nothing was ordered; please try again.',
      sameOrder: true,
    }
  }
  if (/Idempotency-Key was used/.test(error.message)) {
    // As after going back in the browser: the order that this form was sent with stands, whatever becomes of another.
    return {
      problem:
        'You have sent this form before, with other details, and that order counts. Press the button again only if you want a second one.',
      sameOrder: false,
    }
  }
  switch (error.code) {
    case 'payment_declined':
      return {
        problem: `The payment was declined. ${(error.details ?? []).map(tellReason).join(' ')}`,
        sameOrder: false,
      }
    case 'conflict':
      // Stock that ran out shows in the basket; what is left is the second half of a double click.
      return { problem: `${error.message}. Please wait a moment and press the button again.`, sameOrder: true }
    case 'unavailable':
    case 'internal':
      return {
        problem: 'The order did not go through yet. Please press the button again: it stays one order, paid once.',
        sameOrder: true,
      }
    default:
      return {
        problem: `The order was not taken. ${[error.message, ...(error.details ?? [])].join('. ')}.`,
        sameOrder: false,
      }
  }
}
