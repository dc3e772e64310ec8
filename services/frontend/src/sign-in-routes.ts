import { challenge } from '@secure-ecommerce/kit/check-access'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import { Router } from 'express'
import { parseSignIn } from './account-forms.ts'
import { accountProblem } from './account-problem.ts'
import { ownPath } from './own-path.ts'
import type { SendPage } from './page-sender.ts'
import { signIn } from './sign-in.ts'
import { isSignedIn, visitorOf } from './visitor.ts'

export function signInRoutes(sendPage: SendPage): Router {
  const router = Router()

  router.get('/', (req, res) => {
    const next = ownPath(req.query.next)
    if (isSignedIn(visitorOf(res))) return res.redirect(303, next)
    sendPage(req, res, { page: 'sign-in', values: { email: '', next }, errors: null, problem: null })
  })

  router.post('/', async (req, res) => {
    const { value, typed: values, errors } = parseSignIn(req.body)
    if (errors) return sendPage(req, res, { page: 'sign-in', values, errors, problem: null }, 422)
    const { next, ...credentials } = value
    try {
      await signIn(res, credentials)
      res.redirect(303, ownPath(next))
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      // RFC 9110 wants a 401 to say how; browsers do not ask anybody for a token.
      if (error.code === 'unauthenticated') res.set('www-authenticate', challenge)
      res.set(error.headers)
      sendPage(req, res, { page: 'sign-in', values, ...accountProblem(error) }, error.status)
    }
  })

  return router
}
