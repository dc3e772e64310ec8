import { type Category, departments } from '../category.ts'
import { books } from './motifs/books.tsx'
import { clothing } from './motifs/clothing.tsx'
import { electronics } from './motifs/electronics.tsx'
import { home } from './motifs/home.tsx'

const motifs = new Map(Object.entries({ ...electronics, ...clothing, ...books, ...home }))

type Props = { name: string | null; category: Category | null }

/** One of our drawings: the department's where the name is none of ours, a basket without either. */
export function Motif({ name, category }: Props) {
  return motifs.get(name ?? '') ?? motifs.get(category ? departments[category].motif : 'basket')
}
