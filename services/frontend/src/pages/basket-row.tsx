import type { BasketLine } from '../basket.ts'
import { maxQuantity } from '../basket-cookie.ts'
import { sumEuros } from '../money.ts'
import { Picture } from './picture.tsx'
import { PostForm } from './post-form.tsx'
import { Price } from './price.tsx'
import { QuantityField } from './quantity-field.tsx'

export function BasketRow({ product, quantity, problem }: BasketLine) {
  const { id, name, price } = product
  return (
    <li className="basket-row">
      <Picture product={product} className="basket-tile" />
      <div className="basket-words">
        <a className="basket-name" href={`/products/${id}`}>
          {name}
        </a>
        <p className="basket-each">
          <Price amount={price} /> each
        </p>
        {problem && <p className="field-error">{problem}</p>}
      </div>
      <div className="basket-controls">
        <PostForm className="basket-change" action={`/basket/items/${id}`} data-change>
          <QuantityField
            id={`quantity-${id}`}
            label={`Quantity of ${name}`}
            value={quantity}
            min={0}
            max={maxQuantity}
            hideLabel
          />
          <button className="button button-quiet button-small" type="submit">
            Update
          </button>
        </PostForm>
        <PostForm action={`/basket/items/${id}/remove`}>
          <button className="text-button" type="submit" aria-label={`Remove ${name}`}>
            Remove
          </button>
        </PostForm>
      </div>
      <p className="basket-amount">
        <Price amount={sumEuros([price * quantity])} />
      </p>
    </li>
  )
}
