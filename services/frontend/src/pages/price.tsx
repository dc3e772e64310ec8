import { formatEuros } from '../money.ts'

export function Price({ amount }: { amount: number }) {
  return <data value={amount}>{formatEuros(amount)}</data>
}
