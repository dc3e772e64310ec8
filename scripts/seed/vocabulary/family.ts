/** What a kind of product is called, which motif shows it, and between which prices it is sold. */
export type Kind = { noun: string; picture: string; from: number; to: number }

/** Products that the same words fit. The order of the lists decides what a number's product is. */
export type Family = {
  kinds: Kind[]
  /** Before the noun. */
  qualities: string[]
  materials: string[]
  /** First sentence of the description, with `{material}` in it. */
  makings: string[]
  /** Second sentence. */
  uses: string[]
}

export function kind(noun: string, picture: string, from: number, to: number): Kind {
  return { noun, picture, from, to }
}
