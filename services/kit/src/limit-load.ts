import type { Request, RequestHandler } from 'express'
import { createPlaces } from './places.ts'
import { ServiceError } from './service-error.ts'

export type Load = {
  /** Requests in hand at a time. Divided by the requests answered in a second it is the longest that anybody waits in line here. */
  most: number
  /** Of those, the ones kept for what cannot wait. */
  reserved: number
  /** What is turned away first when there is more to do than can be done. */
  canWait: (req: Request) => boolean
}

/** Turns away at once, with 503, what would otherwise make everybody wait. Counts from here until the answer is out or its reader has left. */
export function limitLoad({ most, reserved, canWait }: Load): RequestHandler {
  const places = createPlaces(most)
  return function admit(req, res, next) {
    const isAdmitted = places.take(canWait(req) ? most - reserved : most)
    if (!isAdmitted) throw new ServiceError('unavailable', 'There is too much to do at the moment')
    res.once('close', places.leave)
    next()
  }
}

const catalogue = /^\/api\/products(\/\d+)?$/

/** Who looks at the catalogue looks again; who buys is in the middle of something. */
export function looksAtCatalogue({ method, path }: Request): boolean {
  return (method === 'GET' || method === 'HEAD') && catalogue.test(path)
}
