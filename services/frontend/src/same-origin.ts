import type { Request, RequestHandler } from 'express'
import { PageError } from './page-error.ts'

/** Whether a request changes nothing. */
export function isRead({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD'
}

/**
 * Refuses forms that another site submits in a customer's name (CSRF), before anything of them is read. Every current browser
 * tells where a form comes from; what says nothing still needs the token of form-token.ts.
 */
export const refuseCrossSite: RequestHandler = (req, _res, next) => {
  if (isRead(req) || isSameOrigin(req)) return next()
  throw new PageError('forbidden', {
    heading: 'This came from another site',
    text: 'For your safety we only accept forms that our own pages sent. Please start again here.',
  })
}

function isSameOrigin({ headers }: Request): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  // Browsers leave Sec-Fetch-Site out on plain HTTP, except towards localhost.
  if (headers.origin === undefined) return true
  return URL.parse(headers.origin)?.host === headers.host
}
