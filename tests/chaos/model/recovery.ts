/** When an order was there, and when it was final; Unix milliseconds. */
export type Lifetime = { email: string | null; created: number; final: number }

/**
 * How long an order took once the last of those it met had returned: the time from there to its end. 0 where nobody returned
 * while it was open.
 */
export function recoveryOf({ created, final }: Lifetime, returns: number[]): number {
  const met = returns.filter((at) => at > created && at <= final)
  return met.length === 0 ? 0 : final - Math.max(...met)
}
