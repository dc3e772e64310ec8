import { ServiceError } from '@secure-ecommerce/kit/service-error'
import { Router } from 'express'
import { renewFormToken } from './form-token.ts'
import type { SendPage } from './page-sender.ts'
import { isSignedIn, visitorOf } from './visitor.ts'

export function accountRoutes(sendPage: SendPage): Router {
  const router = Router()

  router.get('/', async (req, res) => {
    const visitor = visitorOf(res)
    // Of the user that the demo has built in there is nothing to see, and nobody to sign out.
    if (!isSignedIn(visitor)) throw new ServiceError('unauthenticated', 'Sign in first')
    sendPage(req, res, { page: 'account', account: await visitor.shop.readAccount() })
  })

  router.post('/sign-out', async (_req, res) => {
    const { session, shop } = visitorOf(res)
    if (session.refreshToken !== undefined) await shop.signOut(session.refreshToken)
    session.forget()
    renewFormToken(res)
    res.redirect(303, '/')
  })

  return router
}
