import { type CatalogueQuery, maxSearchLength } from '../catalogue-path.ts'
import { departments } from '../category.ts'
import type { Product } from '../shop-types.ts'
import { Pages } from './pages.tsx'
import { Price } from './price.tsx'
import { StaffHeading } from './staff-heading.tsx'

const path = '/staff/products'

export type StaffProductsProps = {
  query: Pick<CatalogueQuery, 'q' | 'cursor'>
  products: Product[]
  nextCursor: string | null
}

export function StaffProducts({ query: { q, cursor }, products, nextCursor }: StaffProductsProps) {
  const search = q ? { q } : undefined
  return (
    <>
      <StaffHeading within={path}>Products</StaffHeading>
      <div className="tools">
        <a className="button" href={`${path}/new`}>
          Add a product
        </a>
        <form className="tools-search" action={path} method="get">
          <label className="visually-hidden" htmlFor="find">
            Find products
          </label>
          <input id="find" name="q" type="search" maxLength={maxSearchLength} defaultValue={q} />
          <button className="button button-quiet button-small" type="submit">
            Find
          </button>
        </form>
      </div>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">No.</th>
            <th scope="col">Name</th>
            <th className="wide-only" scope="col">
              Department
            </th>
            <th className="number" scope="col">
              Price
            </th>
            <th className="number" scope="col">
              Stock
            </th>
          </tr>
        </thead>
        <tbody>
          {products.map(({ id, name, category, price, stock }) => (
            <tr key={id}>
              <td>{String(id).padStart(4, '0')}</td>
              <th className="long" scope="row">
                <a href={`${path}/${id}`}>{name}</a>
              </th>
              <td className="wide-only">{category && departments[category].name}</td>
              <td className="number">
                <Price amount={price} />
              </td>
              <td className="number">{stock}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pages first={cursor ? address(search) : null} next={nextCursor && address({ ...search, cursor: nextCursor })} />
    </>
  )
}

function address(query: Record<string, string> = {}): string {
  const search = new URLSearchParams(query).toString()
  return path + (search && `?${search}`)
}
