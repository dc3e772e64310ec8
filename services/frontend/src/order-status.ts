import type { Order } from './shop-types.ts'

type Told = {
  heading: string
  text: string
  /** How far along received → set aside → paid → ready to send it stands; -1 for off that path. */
  step: number
  /** Whether nothing further will happen by itself. */
  final: boolean
}

const told = new Map<string, Told>([
  [
    'pending',
    {
      heading: 'We have your order',
      text: 'We are setting the goods aside. Nothing has been charged yet.',
      step: 0,
      final: false,
    },
  ],
  [
    'reserved',
    {
      heading: 'Your goods are set aside',
      text: 'The payment is not confirmed yet. You need not do anything.',
      step: 1,
      final: false,
    },
  ],
  ['paid', { heading: 'Thank you, it is yours', text: 'The payment went through.', step: 2, final: false }],
  [
    'fulfilled',
    {
      heading: 'Thank you, it is yours',
      text: 'The payment went through, and your goods are ready to be sent.',
      step: 3,
      final: true,
    },
  ],
  [
    'rejected',
    {
      heading: 'This order was not accepted',
      text: 'Nothing was charged, and nothing will be sent.',
      step: -1,
      final: true,
    },
  ],
  [
    'cancelled',
    {
      heading: 'This order was cancelled',
      text: 'Nothing was charged, and nothing will be sent.',
      step: -1,
      final: true,
    },
  ],
  [
    'refunded',
    {
      heading: 'You have your money back',
      text: 'The whole amount goes back to your card.',
      step: -1,
      final: true,
    },
  ],
])

/** A status in a word, as the staff know it. */
export function nameStatus(status: string): string {
  const word = status.replaceAll('_', ' ')
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** What an order's status means to its customer. A status we do not know is named, and nothing is claimed about it. */
export function tellStatus({ status }: Pick<Order, 'status'>): Told {
  const word = status.replaceAll('_', ' ')
  return told.get(status) ?? { heading: `Your order is ${word}`, text: '', step: -1, final: true }
}

const reasons = new Map<string, string>([
  ['card_declined', 'The bank declined the card. Another card may work.'],
  ['insufficient_funds', 'There was not enough money on the card. Another card may work.'],
  ['out_of_stock', 'Somebody else took the last pieces.'],
  ['no_such_product', 'The shop no longer sells this.'],
  ['not_completed_in_time', 'It took us too long to complete it. We are sorry.'],
  ['refunded_by_shop', 'We have taken the order back.'],
  [
    'goods_gone',
    'We could not send what you paid for: the time for which it was set aside was over before the payment was confirmed.',
  ],
])

/** Why an order was rejected, cancelled or refunded, from the API's code. */
export function tellReason(reason: string): string {
  return reasons.get(reason) ?? `${reason.replaceAll('_', ' ')}.`
}
