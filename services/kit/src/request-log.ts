import type { RequestHandler } from 'express'
import type { Logger } from './log.ts'
import { contextFrom, runInContext } from './request-context.ts'

/** Opens the request's context, returns its ids to the caller, and logs one line when the answer is out. */
export function requestLog(log: Logger): RequestHandler {
  return function logRequest(req, res, next) {
    const context = contextFrom(req.headers)
    const started = performance.now()
    const path = req.path
    res.setHeader('x-request-id', context.requestId)
    res.setHeader('traceparent', context.traceparent)

    res.once('close', () => {
      const ms = Math.round((performance.now() - started) * 100) / 100
      const status = res.writableFinished ? res.statusCode : 499
      // The query stays out: it holds what people search for.
      log.info({ ...context, method: req.method, path, status, ms }, 'request')
    })
    runInContext(context, next)
  }
}
