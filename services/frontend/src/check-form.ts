import type Joi from 'joi'

export type FormErrors<Field extends string> = Partial<Record<Field, string>>

/** What was sent, as text, to be shown again; and either what it means, or what is wrong with it. */
type Checked<Value, Field extends string, Kept extends string> = { typed: Record<Kept, string> } & (
  | { value: Value; errors: null }
  | { value: null; errors: FormErrors<Field> }
)

type Fields<Shown extends string, Hidden extends string, Secret extends string> = {
  /** Those that somebody fills in. */
  shown: readonly Shown[]
  hidden?: readonly Hidden[]
  /** Those that somebody fills in and never gets back. */
  secret?: readonly Secret[]
}

/**
 * Checks a submitted form.
 *
 * @throws Joi.ValidationError when the form is not the one we sent: a field too many, or an altered hidden one
 */
export function checkForm<Value, Shown extends string, Hidden extends string = never, Secret extends string = never>(
  schema: Joi.ObjectSchema<Value>,
  { shown, hidden = [], secret = [] }: Fields<Shown, Hidden, Secret>,
  body: unknown,
): Checked<Value, Shown | Secret, Shown | Hidden> {
  const { value, error } = schema.validate(body, { abortEarly: false })
  const typed = asText([...shown, ...hidden], body as Record<string, unknown>)
  if (!error) return { typed, value, errors: null }

  const errors: FormErrors<Shown | Secret> = {}
  for (const { path, message } of error.details) {
    const field = [...shown, ...secret].find((name) => name === path[0])
    if (field === undefined) throw error
    errors[field] ??= message
  }
  return { typed, value: null, errors }
}

/** A repeated field arrives as a list, which is an error already; it is shown as empty. */
function asText<Name extends string>(names: Name[], body: Record<string, unknown> | undefined): Record<Name, string> {
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return Object.fromEntries(names.map((name) => [name, text(body?.[name])])) as Record<Name, string>
}
