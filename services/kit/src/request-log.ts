import type { RequestHandler } from 'express'
import type { Logger } from './log.ts'
import { contextFrom, runInContext } from './request-context.ts'
import type { RequestMetrics } from './request-metrics.ts'

/** Opens the request's context, returns its ids to the caller, and logs one line when the answer is out, which is measured too. */
export function requestLog(log: Logger, metrics?: RequestMetrics): RequestHandler {
  return function logRequest(req, res, next) {
    const context = contextFrom(req.headers)
    const started = performance.now()
    const path = req.path
    metrics?.begin()
    res.setHeader('x-request-id', context.requestId)
    res.setHeader('traceparent', context.traceparent)

    res.once('close', () => {
      const took = performance.now() - started
      const status = res.writableFinished ? res.statusCode : 499
      metrics?.end(req.method, path, status, took)
      const ms = Math.round(took * 100) / 100
      // The query stays out: it holds what people search for.
      log.info({ ...context, method: req.method, path, status, ms }, 'request')
    })
    runInContext(context, next)
  }
}
