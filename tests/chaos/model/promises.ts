export type PublicOrder = {
  id: number
  status: string
  items: { product_id: number; quantity: number; name: string | null; price: number | null }[]
  total: number | null
  email: string | null
  address: string | null
}

/** What has to have become of an order whose customer was told this. */
const kept: Record<number, string[]> = {
  201: ['fulfilled', 'refunded'],
  202: ['fulfilled', 'refunded', 'rejected', 'cancelled'],
}

/** What is not true any more of an order that a customer was once told about. What he was told to be unknown may be known now. */
export function brokenPromises(status: number, told: PublicOrder, now: PublicOrder | undefined): string[] {
  const broken: string[] = []
  const hold = (what: string, before: unknown, after: unknown) => {
    if (before !== null && before !== after) {
      broken.push(`order ${told.id}: ${what} was ${before} with the ${status}, and is ${after}`)
    }
  }

  if (now === undefined) return [`order ${told.id} is gone`]
  if (!kept[status]?.includes(now.status)) broken.push(`order ${told.id}: a ${status}, and now ${now.status}`)
  for (const what of ['total', 'email', 'address'] as const) hold(what, told[what], now[what])
  hold('items', told.items.length, now.items.length)
  for (const item of told.items) {
    const same = now.items.find(({ product_id }) => product_id === item.product_id)
    for (const what of ['product_id', 'quantity', 'name', 'price'] as const) hold(what, item[what], same?.[what])
  }
  return broken
}
