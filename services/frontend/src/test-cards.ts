/** Stripe's test tokens, told by what they do. */
export const testCards = [
  { token: 'tok_visa', label: 'Test card that succeeds', hint: 'The payment goes through.' },
  { token: 'tok_chargeDeclined', label: 'Test card that is declined', hint: 'The bank says no.' },
  {
    token: 'tok_chargeDeclinedInsufficientFunds',
    label: 'Test card that has no money',
    hint: 'The account behind it is empty.',
  },
  { token: 'tok_simulateLateSuccess', label: 'Test card of a slow bank', hint: 'The bank says yes after a while.' },
] as const
