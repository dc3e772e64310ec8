import { type OrderListProps, OrderTable } from './order-table.tsx'

export function Orders(props: OrderListProps) {
  return (
    <>
      <div className="page-heading">
        <h1>Your orders</h1>
      </div>
      {props.orders.length > 0 ? (
        <OrderTable {...props} path="/orders" />
      ) : (
        <div className="empty">
          <p>There are none yet. What you order while you are signed in is listed here.</p>
          <a className="button button-quiet" href="/">
            See the goods
          </a>
        </div>
      )}
    </>
  )
}
