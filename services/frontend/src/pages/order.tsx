import { sumEuros } from '../money.ts'
import { tellReason, tellStatus } from '../order-status.ts'
import type { Order } from '../shop-types.ts'
import { OrderSteps } from './order-steps.tsx'
import { Price } from './price.tsx'

export type OrderProps = { order: Order }

/** Shows no e-mail and no address: until the shop has accounts, whoever knows an order's number can open this page. */
export function OrderPage({ order }: OrderProps) {
  const { heading, text, step, final } = tellStatus(order)
  const off = step < 0
  return (
    <div className="order" data-order={final ? undefined : order.id} data-status={order.status}>
      <div className="page-heading">
        <p className="article-number">Order {String(order.id).padStart(4, '0')}</p>
        <h1>{heading}</h1>
        {text && <p>{text}</p>}
      </div>
      {order.reason && <p className={off ? 'notice notice-bad' : 'notice'}>{tellReason(order.reason)}</p>}
      {!off && <OrderSteps reached={step} />}
      <section className="summary" aria-labelledby="items-heading">
        <h2 id="items-heading">{off ? 'What you asked for' : 'What you ordered'}</h2>
        <dl>
          {order.items.map((item) => (
            <div className="summary-line" key={item.product_id}>
              <dt>
                {item.quantity} ×{' '}
                <a href={`/products/${item.product_id}`}>{item.name ?? `article ${item.product_id}`}</a>
              </dt>
              <dd>{item.price !== null && <Price amount={sumEuros([item.price * item.quantity])} />}</dd>
            </div>
          ))}
          {order.total !== null && (
            <div className="summary-line summary-total">
              <dt>Total</dt>
              <dd>
                <Price amount={order.total} />
              </dd>
            </div>
          )}
        </dl>
        {order.status === 'rejected' ? (
          <a className="button button-wide" href="/basket">
            Back to the basket
          </a>
        ) : (
          <a className="quiet-link" href="/">
            Keep shopping
          </a>
        )}
      </section>
    </div>
  )
}
