import type { Product } from '../shop-types.ts'
import { AddForm } from './add-form.tsx'
import { ArticleNumber } from './article-number.tsx'
import { Picture } from './picture.tsx'
import { Price } from './price.tsx'

export function ProductCard({ product }: { product: Product }) {
  const { id, name, price, stock } = product
  return (
    <li className={stock === 0 ? 'card card-out' : 'card'}>
      <a className="card-link" href={`/products/${id}`}>
        <Picture product={product} badge />
        <span className="card-name">{name}</span>
      </a>
      <p className="card-facts">
        <Price amount={price} />
        <ArticleNumber id={id} />
      </p>
      {stock > 0 && <AddForm id={id} name={name} compact />}
    </li>
  )
}
