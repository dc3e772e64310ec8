import type { Request, Response } from 'express'
import { type BasketEntry, basketCookie, formatBasket } from './basket-cookie.ts'
import { setCookie } from './cookies.ts'

const keptFor = 30 * 24 * 60 * 60

/** Stores the basket in the customer's browser; an empty one is forgotten. */
export function keepBasket(req: Request, res: Response, entries: BasketEntry[]): void {
  const maxAge = entries.length > 0 ? keptFor : 0
  // Over plain HTTP browsers would not send a Secure cookie back; nginx says which of the two it is.
  const secure = req.headers['x-forwarded-proto'] === 'https' ? '; Secure' : ''
  setCookie(res, basketCookie, formatBasket(entries), `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`)
}
