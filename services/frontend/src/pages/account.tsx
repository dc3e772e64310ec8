import type { Account } from '../shop-types.ts'
import { PostForm } from './post-form.tsx'

export type AccountProps = { account: Account }

const roleNames = { customer: 'Customer', staff: 'Staff', admin: 'Administrator' }

export function AccountPage({ account: { name, email, role } }: AccountProps) {
  return (
    <div className="narrow">
      <div className="page-heading">
        <h1>Your account</h1>
      </div>
      <dl className="facts">
        <dt>Name</dt>
        <dd>{name}</dd>
        <dt>E-mail address</dt>
        <dd>{email}</dd>
        <dt>You are</dt>
        <dd>{roleNames[role]}</dd>
      </dl>
      <a className="button button-wide" href="/orders">
        {role === 'customer' ? 'Your orders' : 'All orders'}
      </a>
      <PostForm action="/account/sign-out">
        <button className="button button-quiet button-wide" type="submit">
          Sign out
        </button>
      </PostForm>
    </div>
  )
}
