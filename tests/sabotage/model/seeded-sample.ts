import { seeded } from '../../seeded.ts'

/** As many of the list as asked, always the same ones for one seed, in the order of the list. */
export function sample<Item>(list: Item[], size: number, seed: number): Item[] {
  if (size >= list.length) return list
  const next = seeded(seed)
  const drawn = list.map((item) => ({ item, order: next() }))
  const chosen = new Set(drawn.toSorted((a, b) => a.order - b.order).slice(0, size))
  return drawn.filter((one) => chosen.has(one)).map(({ item }) => item)
}
