import type { SignInErrors } from '../account-forms.ts'
import { Field } from './field.tsx'
import { PostForm } from './post-form.tsx'
import { Problems } from './problems.tsx'
import { SignInName } from './sign-in-name.tsx'

export type SignInProps = {
  values: { email: string; next: string }
  errors: SignInErrors | null
  problem: string | null
}

export function SignIn({ values, errors, problem }: SignInProps) {
  return (
    <div className="narrow">
      <div className="page-heading">
        <h1>Sign in</h1>
      </div>
      <PostForm action="/sign-in" noValidate data-once>
        <Problems heading="You are not signed in yet." errors={errors} problem={problem} />
        <SignInName value={values.email} error={errors?.email} />
        <Field
          id="password"
          label="Password"
          type="password"
          error={errors?.password}
          autoComplete="current-password"
          maxLength={1024}
        />
        <input type="hidden" name="next" value={values.next} />
        <button className="button button-wide" type="submit">
          Sign in
        </button>
      </PostForm>
      <a className="quiet-link" href={`/register?${new URLSearchParams({ next: values.next })}`}>
        New here? Make an account
      </a>
    </div>
  )
}
