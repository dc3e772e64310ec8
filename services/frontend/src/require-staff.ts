import { checkAccess } from '@secure-ecommerce/kit/check-access'
import type { RequestHandler } from 'express'
import { visitorOf } from './visitor.ts'

/** Spares who may not do it the pages of the staff. What is done there the services check for themselves. */
export const requireStaff: RequestHandler = (_req, res, next) => {
  checkAccess(['staff', 'admin'], { id: '', address: '', role: visitorOf(res).role })
  next()
}
