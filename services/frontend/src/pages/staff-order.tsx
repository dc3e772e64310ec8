import { formatEuros } from '../money.ts'
import { nameStatus, tellReason } from '../order-status.ts'
import type { OrderWithEvents } from '../shop-types.ts'
import { OrderItems } from './order-items.tsx'
import { PostForm } from './post-form.tsx'
import { Problems } from './problems.tsx'
import { StaffHeading } from './staff-heading.tsx'
import { Time } from './time.tsx'

export type StaffOrderProps = {
  order: OrderWithEvents
  /** Whether a refund was asked for that is not done yet. */
  refunding: boolean
  problem: string | null
}

export function StaffOrder({ order, refunding, problem }: StaffOrderProps) {
  const { id, status, reason, email, address, events } = order
  return (
    <div className="order">
      <StaffHeading within="/staff/orders">Order {String(id).padStart(4, '0')}</StaffHeading>
      <Problems heading="" errors={null} problem={problem} />
      {refunding && (
        <p className="notice" role="status">
          The refund is under way. It is done without you.
        </p>
      )}
      <dl className="facts">
        <dt>Status</dt>
        <dd>
          {nameStatus(status)}
          {reason && <span className="hint">{tellReason(reason)}</span>}
        </dd>
        <dt>E-mail address</dt>
        <dd>{email ?? 'none'}</dd>
        <dt>Deliver to</dt>
        <dd className="lines">{address ?? 'no address'}</dd>
      </dl>
      <section className="summary" aria-labelledby="items-heading">
        <h2 id="items-heading">What was ordered</h2>
        <OrderItems order={order} />
        {(status === 'paid' || status === 'fulfilled') && !refunding && <Refund order={order} />}
      </section>
      <section className="history" aria-labelledby="history-heading">
        <h2 id="history-heading">What happened</h2>
        <ol>
          {events.map(({ status: entered, at }) => (
            <li key={entered}>
              <Time at={at} /> {nameStatus(entered)}
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}

function Refund({ order: { id, total } }: { order: OrderWithEvents }) {
  return (
    <details className="confirm">
      <summary className="text-button">Refund this order</summary>
      <p>The customer gets the whole amount back. The goods are not put back in stock.</p>
      <PostForm action={`/staff/orders/${id}/refund`} data-once>
        <button className="button button-wide" type="submit">
          Refund {total !== null && formatEuros(total)}
        </button>
      </PostForm>
    </details>
  )
}
