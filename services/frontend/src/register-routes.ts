import { ServiceError } from '@secure-ecommerce/kit/service-error'
import { type Response, Router } from 'express'
import { parseRegister } from './account-forms.ts'
import { accountProblem } from './account-problem.ts'
import { ownPath } from './own-path.ts'
import type { SendPage } from './page-sender.ts'
import type { Credentials } from './shop-api.ts'
import { signIn } from './sign-in.ts'
import { visitorOf } from './visitor.ts'

export function registerRoutes(sendPage: SendPage): Router {
  const router = Router()

  router.get('/', (req, res) => {
    const next = ownPath(req.query.next)
    sendPage(req, res, { page: 'register', values: { name: '', email: '', next }, errors: null, problem: null })
  })

  router.post('/', async (req, res) => {
    const { value, typed: values, errors } = parseRegister(req.body)
    if (errors) return sendPage(req, res, { page: 'register', values, errors, problem: null }, 422)
    const { next, ...registration } = value
    try {
      await visitorOf(res).shop.register(registration)
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      res.set(error.headers)
      return sendPage(req, res, { page: 'register', values, ...accountProblem(error) }, error.status)
    }
    res.redirect(303, (await canSignIn(res, registration)) ? ownPath(next) : '/sign-in')
  })

  return router
}

/** Who has an account now may sign in later as well. */
async function canSignIn(res: Response, credentials: Credentials): Promise<boolean> {
  try {
    await signIn(res, { email: credentials.email, password: credentials.password })
    return true
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return false
  }
}
