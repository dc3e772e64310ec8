import { nameStatus } from '../order-status.ts'
import type { Order } from '../shop-types.ts'
import { Pages } from './pages.tsx'
import { Price } from './price.tsx'
import { Time } from './time.tsx'

export type OrderListProps = { orders: Order[]; cursor: string | undefined; nextCursor: string | null }

type Props = OrderListProps & {
  /** Where the list is, with each order below it. */
  path: string
  /** Whether it says whose each order is. */
  customers?: boolean
}

/** Orders, newest first, a page at a time. */
export function OrderTable({ orders, cursor, nextCursor, path, customers = false }: Props) {
  return (
    <>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">Placed</th>
            {customers && (
              <th className="wide-only" scope="col">
                Customer
              </th>
            )}
            <th scope="col">Status</th>
            <th className="number" scope="col">
              Total
            </th>
          </tr>
        </thead>
        <tbody>
          {orders.map(({ id, created_at, email, status, total }) => (
            <tr key={id}>
              <th scope="row">
                <a href={`${path}/${id}`}>{String(id).padStart(4, '0')}</a>
              </th>
              <td>
                <Time at={created_at} />
              </td>
              {customers && <td className="wide-only long">{email}</td>}
              <td>{nameStatus(status)}</td>
              <td className="number">{total !== null && <Price amount={total} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pages
        first={cursor === undefined ? null : path}
        next={nextCursor && `${path}?${new URLSearchParams({ cursor: nextCursor })}`}
      />
    </>
  )
}
