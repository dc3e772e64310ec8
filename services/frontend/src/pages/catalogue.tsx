import { type CatalogueQuery, cataloguePath } from '../catalogue-path.ts'
import { categories, departments } from '../category.ts'
import type { Product } from '../shop-types.ts'
import { DepartmentTiles } from './department-tiles.tsx'
import { Hero } from './hero.tsx'
import { Pages } from './pages.tsx'
import { ProductGrid } from './product-grid.tsx'

export type CatalogueProps = { query: CatalogueQuery; products: Product[]; nextCursor: string | null }

/** The list in all its forms: front page, department, search, and the further pages of each. */
export function Catalogue({ query, products, nextCursor }: CatalogueProps) {
  const { category, q, cursor } = query
  const front = !category && !q && !cursor
  return (
    <>
      {front && <Hero />}
      {front && <DepartmentTiles />}
      {!front && <Heading {...query} />}
      {q && <SearchScope {...query} />}
      <section className="goods" id="goods" aria-labelledby="goods-heading">
        <h2 id="goods-heading" className={front ? 'goods-heading' : 'visually-hidden'}>
          {front ? 'On the shelves' : 'Products'}
        </h2>
        {products.length > 0 ? <ProductGrid products={products} /> : <NothingFound {...query} />}
        <Pages
          first={cursor ? cataloguePath({ ...query, cursor: undefined }) : null}
          next={nextCursor && cataloguePath({ ...query, cursor: nextCursor })}
        />
      </section>
    </>
  )
}

/** What the page shows, in words, for its heading and its title. */
export function catalogueTitle({ category, q, cursor }: CatalogueQuery): string {
  const place = category ? departments[category].name : 'All goods'
  if (q) return category ? `“${q}” in ${place}` : `“${q}”`
  return cursor || category ? place : 'Useful things, honestly counted'
}

function Heading(query: CatalogueQuery) {
  const { category, q } = query
  return (
    <div className={category ? `page-heading page-heading-${category}` : 'page-heading'}>
      <h1>{catalogueTitle(query)}</h1>
      {category && !q && <p>{departments[category].intro}</p>}
    </div>
  )
}

/** The same search in one department or in all. */
function SearchScope({ category, q }: CatalogueQuery) {
  return (
    <nav className="scope" aria-label="Search in">
      <ul>
        {[undefined, ...categories].map((scope) => (
          <li key={scope ?? 'all'}>
            <a href={cataloguePath({ category: scope, q })} aria-current={scope === category ? 'page' : undefined}>
              {scope ? departments[scope].name : 'All departments'}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function NothingFound({ category, q, cursor }: CatalogueQuery) {
  const reason = q ? 'Nothing on the shelves matches that.' : 'This shelf is empty at the moment.'
  return (
    <div className="empty">
      <p>{cursor ? 'There is nothing further on.' : reason}</p>
      {q && <p>Try fewer or shorter words, or look through a department.</p>}
      <a className="button button-quiet" href={cursor ? cataloguePath({ category, q }) : '/'}>
        {cursor ? 'Back to the first page' : 'See all goods'}
      </a>
    </div>
  )
}
