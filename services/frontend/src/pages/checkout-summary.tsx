import type { Basket } from '../basket.ts'
import { sumEuros } from '../money.ts'
import { Price } from './price.tsx'

export function CheckoutSummary({ basket }: { basket: Basket }) {
  return (
    <section className="summary" aria-labelledby="summary-heading">
      <h2 id="summary-heading">Your order</h2>
      <dl>
        {basket.lines.map(({ product, quantity }) => (
          <div className="summary-line" key={product.id}>
            <dt>
              {quantity} × {product.name}
            </dt>
            <dd>
              <Price amount={sumEuros([product.price * quantity])} />
            </dd>
          </div>
        ))}
        <div className="summary-line summary-total">
          <dt>Total</dt>
          <dd>
            <Price amount={basket.total} />
          </dd>
        </div>
      </dl>
      <a className="quiet-link" href="/basket">
        Change the basket
      </a>
    </section>
  )
}
