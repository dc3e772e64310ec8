import { maxQuantity } from '../basket-cookie.ts'

type Props = { id: string; label: string; value: number; min: number; max: number; hideLabel?: boolean }

/** A number field; with JavaScript it gains buttons for one less and one more. */
export function QuantityField({ id, label, value, min, max, hideLabel = false }: Props) {
  return (
    <div className="quantity" data-quantity>
      <label className={hideLabel ? 'visually-hidden' : 'label'} htmlFor={id}>
        {label}
      </label>
      <div className="stepper">
        <input
          id={id}
          name="quantity"
          type="number"
          inputMode="numeric"
          required
          min={min}
          max={Math.min(max, maxQuantity)}
          defaultValue={value}
        />
      </div>
    </div>
  )
}
