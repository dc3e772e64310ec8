import type { Category } from '../category.ts'
import { Motif } from './motif.tsx'
import { StockBadge } from './stock-badge.tsx'

const palettes = 8

type Props = {
  product: { name: string; picture: string | null; category: Category | null; stock: number }
  className?: string
  /** Whether the picture says how little is left. */
  badge?: boolean
}

/** A product's drawing on its coloured ground. The name is beside it in words, so the drawing itself is decoration. */
export function Picture({ product, className = '', badge = false }: Props) {
  const { name, picture, category, stock } = product
  return (
    <span className={`tile palette-${paletteOf(name)} ${className}`}>
      <svg className="picture" viewBox="0 0 200 160" aria-hidden="true">
        <ellipse className="shadow" cx="100" cy="140" rx="66" ry="7" />
        <Motif name={picture} category={category} />
      </svg>
      {badge && <StockBadge stock={stock} />}
    </span>
  )
}

/** FNV-1a over the name: the same product has the same colours on every page and after every restart. */
function paletteOf(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return (hash >>> 8) % palettes
}
