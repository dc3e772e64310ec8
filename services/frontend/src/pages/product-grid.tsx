import type { Product } from '../shop-types.ts'
import { ProductCard } from './product-card.tsx'

export function ProductGrid({ products }: { products: Product[] }) {
  return (
    <ul className="grid">
      {products.map((product) => (
        <ProductCard key={product.id} product={product} />
      ))}
    </ul>
  )
}
