/** Numbers from 0 up to 1, always the same ones for one seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  // Numerical Recipes' linear congruential generator: nothing here depends on quality, only on repetition.
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** The list in another order. */
export function shuffled<Item>(list: readonly Item[], next: () => number): Item[] {
  return list
    .map((item) => ({ item, order: next() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ item }) => item)
}
