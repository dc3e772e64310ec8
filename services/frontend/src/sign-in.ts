import type { Response } from 'express'
import { renewFormToken } from './form-token.ts'
import type { Credentials } from './shop-api.ts'
import { visitorOf } from './visitor.ts'

/** Signs a visitor in. @throws ServiceError as the API does */
export async function signIn(res: Response, credentials: Credentials): Promise<void> {
  const { session, shop } = visitorOf(res)
  session.keep(await shop.signIn(credentials))
  renewFormToken(res)
}
