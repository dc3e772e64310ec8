import type { RequestHandler } from 'express'

/** Orders, accounts and tokens are for who asked, and for no cache on the way. */
export const neverStored: RequestHandler = (_req, res, next) => {
  res.setHeader('cache-control', 'no-store')
  next()
}
