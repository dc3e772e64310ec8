import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { RequestHandler } from 'express'
import { isStaff, visitorOf } from './visitor.ts'

/** Spares who may not do it the pages of the staff. What is done there the services check for themselves. */
export const requireStaff: RequestHandler = (_req, res, next) => {
  const visitor = visitorOf(res)
  if (isStaff(visitor)) return next()
  throw new ServiceError(visitor.role === 'guest' ? 'unauthenticated' : 'forbidden', 'These pages are for staff')
}
