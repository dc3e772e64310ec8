/** Where an order can go from each state. The constraint of `order_events` holds the same list. */
export const transitions = {
  pending: ['reserved', 'rejected', 'cancelled'],
  reserved: ['paid', 'rejected', 'cancelled'],
  paid: ['fulfilled', 'refunded'],
  fulfilled: ['refunded'],
  rejected: [],
  cancelled: [],
  refunded: [],
} as const satisfies Record<string, readonly string[]>

export type OrderStatus = keyof typeof transitions

export const orderStatuses = Object.keys(transitions) as OrderStatus[]
