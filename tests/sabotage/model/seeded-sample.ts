/** As many of the list as asked, always the same ones for one seed, in the order of the list. */
export function sample<Item>(list: Item[], size: number, seed: number): Item[] {
  if (size >= list.length) return list
  let state = seed >>> 0
  // Numerical Recipes' linear congruential generator: nothing here depends on quality, only on repetition.
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const drawn = list.map((item) => ({ item, order: next() }))
  const chosen = new Set(drawn.toSorted((a, b) => a.order - b.order).slice(0, size))
  return drawn.filter((one) => chosen.has(one)).map(({ item }) => item)
}
