/**
 * Places for what is under way, and no line behind them. A line that grows under load makes everybody wait until nobody wants the
 * answer any more, and is still there when the load is gone; who is told at once that there is no place can come back.
 */
export type Places = {
  /**
   * @param upTo leaves those beyond for others
   * @returns whether there was one
   */
  take(upTo?: number): boolean
  leave(): void
}

export function createPlaces(most: number): Places {
  let taken = 0
  return {
    take(upTo = most) {
      if (taken >= upTo) return false
      taken++
      return true
    },
    leave() {
      taken--
    },
  }
}
