import { departments } from '../category.ts'
import type { Product } from '../shop-types.ts'
import { AddForm } from './add-form.tsx'
import { ArticleNumber } from './article-number.tsx'
import { Picture } from './picture.tsx'
import { Price } from './price.tsx'
import { ProductGrid } from './product-grid.tsx'

export type ProductProps = { product: Product; related: Product[] }

export function ProductDetail({ product, related }: ProductProps) {
  const { id, name, description, category, price, stock } = product
  return (
    <>
      <article className="product">
        <Picture product={product} className="product-tile" badge />
        <div className="product-words">
          <p className="product-place">
            {category && (
              <a className={`department department-${category}`} href={`/category/${category}`}>
                {departments[category].name}
              </a>
            )}
            <ArticleNumber id={id} />
          </p>
          <h1>{name}</h1>
          <p className="product-price">
            <Price amount={price} />
          </p>
          {description && <p className="product-description">{description}</p>}
          {stock > 0 ? <AddForm id={id} name={name} stock={stock} /> : <SoldOut />}
          <Stock stock={stock} />
        </div>
      </article>
      {related.length > 0 && category && (
        <section className="goods" aria-labelledby="related-heading">
          <h2 id="related-heading" className="goods-heading">
            More from {departments[category].name}
          </h2>
          <ProductGrid products={related} />
        </section>
      )}
    </>
  )
}

function SoldOut() {
  return (
    <p className="notice notice-bad">
      <strong>Sold out.</strong> The last one has gone, and we do not take orders for what we do not have.
    </p>
  )
}

function Stock({ stock }: { stock: number }) {
  if (stock === 0) return null
  return (
    <p className="product-stock">
      <span className={stock < 6 ? 'dot dot-low' : 'dot'} aria-hidden="true" />
      {stock === 1 ? 'One piece in the storeroom' : `${stock.toLocaleString('en-IE')} in the storeroom`}
    </p>
  )
}
