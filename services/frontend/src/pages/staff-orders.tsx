import { type OrderListProps, OrderTable } from './order-table.tsx'
import { StaffHeading } from './staff-heading.tsx'

export function StaffOrders(props: OrderListProps) {
  return (
    <>
      <StaffHeading within="/staff/orders">All orders</StaffHeading>
      {props.orders.length > 0 ? (
        <OrderTable {...props} path="/staff/orders" customers />
      ) : (
        <div className="empty">
          <p>Nobody has ordered anything yet.</p>
        </div>
      )}
    </>
  )
}
