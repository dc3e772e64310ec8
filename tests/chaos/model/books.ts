export type OrderRow = {
  reference: string
  status: string
  reason: string | null
  total_cents: number | null
  items: { product_id: number; quantity: number }[]
}
/** What the shop says, and what the provider's own books say. */
export type PaymentRow = { order_reference: string; status: string; amount_cents: number; entries_cents: number }
export type ChargeRow = { idempotency_key: string; amount_cents: number; refunded_cents: number }

const final = new Set(['fulfilled', 'rejected', 'cancelled', 'refunded'])

export function ordersNotFinal(orders: OrderRow[]): string[] {
  return orders.filter(({ status }) => !final.has(status)).map(({ reference, status }) => `${reference} is ${status}`)
}

/** Compares the orders with the provider's books: for each sale one charge of its amount, for each refund all of it back, else none. */
export function chargesAtOdds(orders: OrderRow[], charges: ChargeRow[]): string[] {
  const faults: string[] = []
  const byOrder = Map.groupBy(charges, ({ idempotency_key }) => idempotency_key)
  for (const { reference, status, total_cents } of orders) {
    const found = byOrder.get(reference) ?? []
    byOrder.delete(reference)
    const paid = status === 'fulfilled' || status === 'refunded' || status === 'paid'
    const expected = paid ? [{ amount: total_cents, back: status === 'refunded' ? total_cents : 0 }] : []
    const actual = found.map(({ amount_cents, refunded_cents }) => ({ amount: amount_cents, back: refunded_cents }))
    if (JSON.stringify(actual) !== JSON.stringify(expected)) {
      faults.push(
        `${reference} is ${status}: expected charges ${JSON.stringify(expected)}, but found ${JSON.stringify(actual)}`,
      )
    }
  }
  return [...faults, ...[...byOrder.keys()].map((key) => `charge of ${key} belongs to no order`)]
}

/** Compares the orders with the shop's payments and what the ledger has of each. */
export function paymentsAtOdds(orders: OrderRow[], payments: PaymentRow[]): string[] {
  const byOrder = new Map(payments.map((payment) => [payment.order_reference, payment]))
  return orders.flatMap(({ reference, status, total_cents }) => {
    const payment = byOrder.get(reference)
    const found = payment ? { status: payment.status, balance: payment.entries_cents } : { status: 'none', balance: 0 }
    const allowed: Record<string, string[]> = {
      fulfilled: ['captured'],
      refunded: ['refunded'],
      rejected: ['none', 'declined'],
      cancelled: ['none', 'voided'],
    }
    const balance = status === 'fulfilled' ? total_cents : 0
    if (allowed[status]?.includes(found.status) && found.balance === balance) return []
    return [
      `${reference} is ${status}: expected ${allowed[status]} ${balance}, but found ${found.status} ${found.balance}`,
    ]
  })
}

/** For each product: what was in stock at first must be what orders took and what is left. */
export function stocksAtOdds(products: { id: number; stocked: number; left: number }[], orders: OrderRow[]): string[] {
  const sold = new Map<number, number>()
  // What the shop wanted to refund had gone out.
  const tookGoods = ({ status, reason }: OrderRow) => status === 'fulfilled' || reason === 'refunded_by_shop'
  for (const { items } of orders.filter(tookGoods)) {
    for (const { product_id, quantity } of items) sold.set(product_id, (sold.get(product_id) ?? 0) + quantity)
  }
  return products
    .filter(({ id, stocked, left }) => (sold.get(id) ?? 0) + left !== stocked)
    .map(({ id, stocked, left }) => `product ${id}: sold ${sold.get(id) ?? 0} + left ${left}, but stocked ${stocked}`)
}
