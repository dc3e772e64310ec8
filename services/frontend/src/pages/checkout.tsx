import type { Basket } from '../basket.ts'
import type { CheckoutErrors, CheckoutValues } from '../checkout-form.ts'
import { formatEuros } from '../money.ts'
import { CheckoutSummary } from './checkout-summary.tsx'
import { Field } from './field.tsx'
import { PaymentChoice } from './payment-choice.tsx'

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
        <form className="checkout" method="post" action="/checkout" noValidate data-once>
          <Problems errors={errors} problem={problem} />
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
        </form>
        <CheckoutSummary basket={basket} />
      </div>
    </>
  )
}

function Problems({ errors, problem }: Pick<CheckoutProps, 'errors' | 'problem'>) {
  if (problem) {
    return (
      <div className="notice notice-bad" role="alert">
        <p>{problem}</p>
      </div>
    )
  }
  if (!errors) return null
  return (
    <div className="notice notice-bad" role="alert">
      <p>
        <strong>The order was not sent yet.</strong>
      </p>
      <ul>
        {Object.entries(errors).map(([field, message]) => (
          <li key={field}>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
