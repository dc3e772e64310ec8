import { sumEuros } from '../money.ts'
import type { Order } from '../shop-types.ts'
import { Price } from './price.tsx'

export function OrderItems({ order: { items, total } }: { order: Pick<Order, 'items' | 'total'> }) {
  return (
    <dl>
      {items.map((item) => (
        <div className="summary-line" key={item.product_id}>
          <dt>
            {item.quantity} × <a href={`/products/${item.product_id}`}>{item.name ?? `article ${item.product_id}`}</a>
          </dt>
          <dd>{item.price !== null && <Price amount={sumEuros([item.price * item.quantity])} />}</dd>
        </div>
      ))}
      {total !== null && (
        <div className="summary-line summary-total">
          <dt>Total</dt>
          <dd>
            <Price amount={total} />
          </dd>
        </div>
      )}
    </dl>
  )
}
