import type { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { RegisterErrors } from './account-forms.ts'

type Told = { problem: string | null; errors: RegisterErrors | null }

/** What to tell somebody who could not sign in or register. */
export function accountProblem({ code, message, details = [], headers }: ServiceError): Told {
  switch (code) {
    case 'unauthenticated':
      return { problem: 'The e-mail address or the password is wrong.', errors: null }
    case 'conflict':
      return { problem: null, errors: { email: 'There is an account with this e-mail address already' } }
    case 'invalid': {
      const [ofPassword] = details.filter((detail) => detail.startsWith('password '))
      if (ofPassword) return { problem: null, errors: { password: `Your ${ofPassword}` } }
      return { problem: `The shop did not take that: ${[message, ...details].join('. ')}.`, errors: null }
    }
    case 'too_many_requests': {
      const minutes = Math.ceil(Number(headers['retry-after'] ?? 60) / 60)
      const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`
      return { problem: `There were too many attempts. Please try again in ${wait}.`, errors: null }
    }
    default:
      return { problem: 'The shop cannot look that up at the moment. Please press the button again.', errors: null }
  }
}
