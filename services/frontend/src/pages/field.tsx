import type { HTMLInputAutoCompleteAttribute } from 'react'

type Props = {
  id: string
  label: string
  /** Left out for what is never shown again. */
  value?: string
  error?: string | undefined
  hint?: string
  type?: 'text' | 'email' | 'password'
  inputMode?: 'decimal' | 'numeric'
  autoComplete?: HTMLInputAutoCompleteAttribute
  maxLength: number
  rows?: number
  optional?: boolean
}

/** A labelled text field whose error, when there is one, is read out with it. */
export function Field(props: Props) {
  const { id, label, value, error, hint, type = 'text', inputMode, autoComplete, maxLength, rows, optional } = props
  const notes = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  const control = {
    id,
    name: id,
    defaultValue: value,
    inputMode,
    autoComplete,
    maxLength,
    required: !optional,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': notes || undefined,
  }
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {rows ? <textarea {...control} rows={rows} /> : <input {...control} type={type} />}
    </div>
  )
}
