import { type Basket, isOrderable } from '../basket.ts'
import { BasketRow } from './basket-row.tsx'
import { Price } from './price.tsx'

export type BasketProps = { basket: Basket }

export function BasketPage({ basket }: BasketProps) {
  const { lines, gone, total } = basket
  if (lines.length === 0) return <EmptyBasket />
  return (
    <>
      <div className="page-heading">
        <h1>Your basket</h1>
      </div>
      {gone.length > 0 && (
        <p className="notice">
          {gone.length === 1 ? 'One product is' : `${gone.length} products are`} no longer sold here and left your
          basket.
        </p>
      )}
      <div className="two-columns">
        <ul className="basket-lines">
          {lines.map((line) => (
            <BasketRow key={line.product.id} {...line} />
          ))}
        </ul>
        <section className="summary" aria-labelledby="summary-heading">
          <h2 id="summary-heading">Summary</h2>
          <dl>
            <div className="summary-line">
              <dt>Delivery</dt>
              <dd>Free</dd>
            </div>
            <div className="summary-line summary-total">
              <dt>Total</dt>
              <dd>
                <Price amount={total} />
              </dd>
            </div>
          </dl>
          {isOrderable(basket) ? (
            <a className="button button-wide" href="/checkout">
              To checkout
            </a>
          ) : (
            <p className="notice notice-bad">Something in the basket cannot be ordered. See the notes beside it.</p>
          )}
          <a className="quiet-link" href="/">
            Keep shopping
          </a>
        </section>
      </div>
    </>
  )
}

function EmptyBasket() {
  return (
    <div className="empty empty-page">
      <h1>Your basket is empty</h1>
      <p>Everything is still on the shelves.</p>
      <a className="button" href="/">
        See the goods
      </a>
    </div>
  )
}
