import { Field } from './field.tsx'

/** The e-mail address as what somebody signs in with: password managers keep it beside the password. */
export function SignInName({ value, error }: { value: string; error: string | undefined }) {
  return (
    <Field
      id="email"
      label="E-mail address"
      type="email"
      value={value}
      error={error}
      autoComplete="username"
      maxLength={254}
    />
  )
}
