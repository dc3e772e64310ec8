type Props = {
  id: string
  label: string
  value: string
  error?: string | undefined
  hint?: string
  type?: 'text' | 'email'
  autoComplete: string
  maxLength: number
  rows?: number
}

/** A labelled text field whose error, when there is one, is read out with it. */
export function Field({ id, label, value, error, hint, type = 'text', autoComplete, maxLength, rows }: Props) {
  const notes = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  const control = {
    id,
    name: id,
    defaultValue: value,
    autoComplete,
    maxLength,
    required: true,
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
