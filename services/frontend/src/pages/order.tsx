import { tellReason, tellStatus } from '../order-status.ts'
import type { Order } from '../shop-types.ts'
import { OrderItems } from './order-items.tsx'
import { OrderSteps } from './order-steps.tsx'

export type OrderProps = { order: Order }

/** Shows no e-mail and no address: a guest's link may be passed on, and in the demo an order's number is enough. */
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
        <OrderItems order={order} />
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
