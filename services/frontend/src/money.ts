const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' })

export function formatEuros(amount: number): string {
  return euros.format(amount)
}

/** Adds in whole cents, because sums of decimal fractions drift. */
export function sumEuros(amounts: number[]): number {
  return amounts.reduce((cents, amount) => cents + Math.round(amount * 100), 0) / 100
}
