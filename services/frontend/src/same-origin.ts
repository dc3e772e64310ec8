import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { Request, RequestHandler } from 'express'

/**
 * Refuses forms that another site submits in a customer's name (CSRF). Every current browser tells where a form comes from;
 * a caller that says nothing is no browser, and carries no customer's cookie.
 */
export const refuseCrossSite: RequestHandler = (req, _res, next) => {
  if (req.method === 'GET' || req.method === 'HEAD' || isSameOrigin(req)) return next()
  throw new ServiceError('forbidden', 'This form was sent from another site')
}

function isSameOrigin({ headers }: Request): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  // Browsers leave Sec-Fetch-Site out on plain HTTP, except towards localhost.
  if (headers.origin === undefined) return true
  return URL.parse(headers.origin)?.host === headers.host
}
