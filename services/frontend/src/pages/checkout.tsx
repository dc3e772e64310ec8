import type { Basket } from '../basket.ts'
import type { CheckoutErrors, CheckoutValues } from '../checkout-form.ts'
import { formatEuros } from '../money.ts'
import { CheckoutSummary } from './checkout-summary.tsx'
import { Field } from './field.tsx'
import { PaymentChoice } from './payment-choice.tsx'
import { PostForm } from './post-form.tsx'
import { Problems } from './problems.tsx'

export type CheckoutProps = {
  basket: Basket
  values: CheckoutValues
  errors: CheckoutErrors | null
  /** Why the order was not taken although the form was right. */
  problem: string | null
}

export function Checkout({ basket, values, errors, problem }: CheckoutProps) {
  return (
    <>
      <div className="page-heading">
        <h1>Checkout</h1>
      </div>
      <div className="two-columns">
        <PostForm className="checkout" action="/checkout" noValidate data-once>
          <Problems heading="The order was not sent yet." errors={errors} problem={problem} />
          <fieldset>
            <legend>Delivery</legend>
            <Field
              id="name"
              label="Name"
              value={values.name}
              error={errors?.name}
              autoComplete="name"
              maxLength={100}
            />
            <Field
              id="email"
              label="E-mail address"
              type="email"
              hint="Only for this order."
              value={values.email}
              error={errors?.email}
              autoComplete="email"
              maxLength={254}
            />
            <Field
              id="address"
              label="Address"
              rows={4}
              value={values.address}
              error={errors?.address}
              autoComplete="street-address"
              maxLength={300}
            />
          </fieldset>
          <PaymentChoice chosen={values.payment_token} error={errors?.payment_token} />
          <input type="hidden" name="idempotency_key" value={values.idempotency_key} />
          <button className="button button-wide" type="submit">
            Order and pay {formatEuros(basket.total)}
          </button>
        </PostForm>
        <CheckoutSummary basket={basket} />
      </div>
    </>
  )
}
