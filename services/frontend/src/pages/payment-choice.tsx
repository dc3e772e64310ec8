import { testCards } from '../test-cards.ts'

type Props = { chosen: string; error?: string | undefined }

export function PaymentChoice({ chosen, error }: Props) {
  return (
    <fieldset className="choices" id="payment_token" aria-describedby={error && 'payment_token-error'}>
      <legend>Payment</legend>
      {error && (
        <p className="field-error" id="payment_token-error">
          {error}
        </p>
      )}
      {testCards.map(({ token, label, hint }) => (
        <label className="choice" key={token}>
          <input type="radio" name="payment_token" value={token} required defaultChecked={token === chosen} />
          <span className="choice-words">
            {label}
            <span className="hint">{hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
