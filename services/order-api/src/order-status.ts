/** Where an order can go from each state. The table's constraint holds the same list. */
export const transitions = {
  pending: ['reserved', 'rejected'],
  reserved: ['paid', 'rejected'],
  paid: [],
  rejected: [],
} as const satisfies Record<string, readonly string[]>

export type OrderStatus = keyof typeof transitions

export const orderStatuses = Object.keys(transitions) as OrderStatus[]

/** The states from which an order may enter `status`. */
export function statesBefore(status: OrderStatus): OrderStatus[] {
  return orderStatuses.filter((from) => (transitions[from] as readonly OrderStatus[]).includes(status))
}
