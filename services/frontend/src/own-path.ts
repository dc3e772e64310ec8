import type { Request } from 'express'
import { isRead } from './same-origin.ts'

/** Nobody's: an address that is relative to it is ours. */
const base = 'http://shop.invalid'

/** A path of this shop to go on to; the fallback for whatever leads elsewhere, or is no path at all. */
export function ownPath(text: unknown, fallback = '/account'): string {
  // Browsers take backslashes for slashes and leave tabs and line breaks out, so neither may be in it.
  if (typeof text !== 'string' || !/^\/(?![/\\])[^\\\p{Cc}]{0,1000}$/u.test(text)) return fallback
  const url = URL.parse(text, base)
  // A path may begin with two slashes once its dots are followed, and lead elsewhere then.
  return url?.origin === base && !url.pathname.startsWith('//') ? url.pathname + url.search : fallback
}

/** Where to sign in, and come back from to the page that was wanted, or whose form was sent. */
export function signInPath(req: Request): string {
  const from = isRead(req) ? req.originalUrl : ownReferrer(req)
  return `/sign-in?${new URLSearchParams({ next: ownPath(from) })}`
}

function ownReferrer({ headers }: Request): string | undefined {
  const url = URL.parse(headers.referer ?? '')
  return url?.host === headers.host ? `${url?.pathname}${url?.search}` : undefined
}
