export const categories = ['electronics', 'clothing', 'books', 'home'] as const

export type Category = (typeof categories)[number]

/** How each department presents itself; `motif` stands in where a product has no picture of its own. */
export const departments: Record<Category, { name: string; intro: string; motif: string }> = {
  electronics: {
    name: 'Electronics',
    intro: 'Things with a plug or a battery, chosen because they can be opened, repaired and kept.',
    motif: 'radio',
  },
  clothing: {
    name: 'Clothing',
    intro: 'Wool, cotton and linen for weather as it is. Cut plainly, sewn to be mended.',
    motif: 'sweater',
  },
  books: {
    name: 'Books',
    intro: 'Novels, poems, atlases and books that teach a craft. Read them anywhere; they need no charging.',
    motif: 'book',
  },
  home: {
    name: 'Home',
    intro: 'For the table, the kitchen and the chair by the window.',
    motif: 'mug',
  },
}
