import { randomBytes, timingSafeEqual } from 'node:crypto'
import { ServiceError } from '@secure-ecommerce/kit/service-error'
import type { Request, RequestHandler, Response } from 'express'
import { readCookie, setHostCookie } from './cookies.ts'
import { formTokenField } from './form-token-field.ts'
import { isRead } from './same-origin.ts'

const cookie = '__Host-csrf'
const pattern = /^[A-Za-z0-9_-]{22}$/

/**
 * What a browser's forms must bring along, beside the same in a cookie: another site can make a browser send our cookies, but it
 * can neither read this one nor plant its own. A cookie without `__Host-` could be planted, from a sibling domain or by whoever
 * answers a plain HTTP request, and then who planted it knows the field as well.
 */
export function formTokenOf(req: Request, res: Response): string {
  return res.locals.formToken ?? keptToken(req) ?? renewFormToken(res)
}

/** For who signs in or out: the forms from before are no good any more. */
export function renewFormToken(res: Response): string {
  const token = randomBytes(16).toString('base64url')
  setHostCookie(res, cookie, token, { sameSite: 'Strict' })
  res.locals.formToken = token
  return token
}

/** A form that is not from a page that this browser has of us, or from one that has grown old. */
export class StaleFormError extends ServiceError {
  override name = 'StaleFormError'
  /** What was typed, to be sent again, but for passwords. */
  readonly fields: [name: string, value: string][]

  constructor(fields: Record<string, unknown>) {
    super('forbidden', 'This form is out of date')
    this.fields = Object.entries(fields).filter(mayBeShown)
  }
}

/** Lets only forms with the browser's token on, without it. */
export const refuseStaleForms: RequestHandler = (req, _res, next) => {
  if (isRead(req)) return next()
  const { [formTokenField]: token, ...fields } = req.body
  if (!isSame(token, keptToken(req))) throw new StaleFormError(fields)
  req.body = fields
  next()
}

function mayBeShown(field: [name: string, value: unknown]): field is [string, string] {
  return typeof field[1] === 'string' && !/password/i.test(field[0])
}

function keptToken(req: Request): string | undefined {
  const token = readCookie(req.headers.cookie, cookie)
  return token !== undefined && pattern.test(token) ? token : undefined
}

function isSame(sent: unknown, kept: string | undefined): boolean {
  if (kept === undefined || typeof sent !== 'string' || !pattern.test(sent)) return false
  return timingSafeEqual(Buffer.from(sent), Buffer.from(kept))
}
