import type { RegisterErrors } from '../account-forms.ts'
import { Field } from './field.tsx'
import { PostForm } from './post-form.tsx'
import { Problems } from './problems.tsx'
import { SignInName } from './sign-in-name.tsx'

export type RegisterProps = {
  values: { name: string; email: string; next: string }
  errors: RegisterErrors | null
  problem: string | null
}

export function Register({ values, errors, problem }: RegisterProps) {
  return (
    <div className="narrow">
      <div className="page-heading">
        <h1>Make an account</h1>
        <p>You can order without one. With one your orders are in one place.</p>
      </div>
      <PostForm action="/register" noValidate data-once>
        <Problems heading="There is no account yet." errors={errors} problem={problem} />
        <Field id="name" label="Name" value={values.name} error={errors?.name} autoComplete="name" maxLength={200} />
        <SignInName value={values.email} error={errors?.email} />
        <Field
          id="password"
          label="Password"
          type="password"
          hint="At least 10 characters, of any kind. A few words are fine."
          error={errors?.password}
          autoComplete="new-password"
          maxLength={1024}
        />
        <input type="hidden" name="next" value={values.next} />
        <button className="button button-wide" type="submit">
          Make an account
        </button>
      </PostForm>
      <a className="quiet-link" href={`/sign-in?${new URLSearchParams({ next: values.next })}`}>
        You have one? Sign in
      </a>
    </div>
  )
}
