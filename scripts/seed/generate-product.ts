import { type Category, categories } from '@secure-ecommerce/product-api/product-contract'
import { randomFrom } from './random.ts'
import { books } from './vocabulary/books.ts'
import { clothing } from './vocabulary/clothing.ts'
import { electronics } from './vocabulary/electronics.ts'
import { home } from './vocabulary/home.ts'
import { endings, onsets } from './vocabulary/names.ts'

export type GeneratedProduct = {
  number: number
  name: string
  description: string
  category: Category
  priceCents: number
  stock: number
  picture: string
}

const families = { electronics, clothing, books, home }

/** The product of a number, from 1: always the same one, whichever others there are. */
export function generateProduct(number: number): GeneratedProduct {
  const random = randomFrom(number)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item

  const category = pick(categories)
  const { kinds, qualities, makings, materials, uses } = pick(families[category])
  const { noun, picture, from, to } = pick(kinds)
  return {
    number,
    name: productName(category, pick(qualities), noun, pick(onsets) + pick(endings)),
    description: `${pick(makings).replace('{material}', pick(materials))} ${pick(uses)}`,
    category,
    priceCents: price(from, to, random()),
    // Some are sold out, as in any shop.
    stock: random() < 0.04 ? 0 : 1 + Math.floor(random() * 250),
    picture,
  }
}

function productName(category: Category, quality: string, noun: string, invented: string): string {
  if (category === 'electronics') return `${invented} ${quality} ${noun}`
  if (category === 'books')
    return `The ${capitalized(quality)} ${noun.split(' ').map(capitalized).join(' ')} of ${invented}`
  return `${capitalized(quality)} ${noun} ‘${invented}’`
}

/** In cents. Cheap ones are common and dear ones rare; prices end in 0.90 or, from 100 on, in 9. */
function price(from: number, to: number, position: number): number {
  const euros = from * (to / from) ** (position * position)
  return euros < 100 ? Math.floor(euros) * 100 + 90 : Math.floor(euros / 10) * 1_000 + 900
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
