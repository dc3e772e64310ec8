import type { RequestHandler } from 'express'
import type { Secret } from './secret.ts'
import { ServiceError } from './service-error.ts'

/** The header in which one service proves to another that it may call. */
export const keyHeader = 'x-api-key'

/** Refuses a request without the key. */
export function requireKey(key: Secret): RequestHandler {
  return function checkKey(req, _res, next) {
    if (!key.equals(req.headers[keyHeader]?.toString() ?? '')) {
      throw new ServiceError('forbidden', 'This route is for other services of the shop')
    }
    next()
  }
}
