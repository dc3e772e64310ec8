import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from './log.ts'
import { currentContext } from './request-context.ts'
import { sendJson } from './send-json.ts'
import { ServiceError } from './service-error.ts'
import { toServiceError } from './to-service-error.ts'

/** The last middleware: the one place where a failure becomes an answer. Unexpected ones are logged in full and told to nobody. */
export function errorHandler(log: Logger): ErrorRequestHandler {
  return function answerError(thrown, _req, res, next) {
    const error = toServiceError(thrown)
    if (error.status >= 500) log.error({ err: thrown }, error.message)
    if (res.headersSent) return next(thrown)
    sendJson(res, error.status, errorBody(error), error.headers)
  }
}

/** The body of every error answer of the API. */
export function errorBody(
  error: ServiceError,
  requestId = currentContext()?.requestId,
): { error: string; details?: string[]; requestId: string | undefined } {
  return {
    error: error.message,
    ...(error.details && { details: error.details }),
    requestId,
  }
}

export const notFound: RequestHandler = (req) => {
  throw new ServiceError('not_found', `No route for ${req.method} on this path`)
}
