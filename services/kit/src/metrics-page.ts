import type { RequestListener } from 'node:http'
import { errorBody } from './error-handler.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'
import { sendJson } from './send-json.ts'
import { toServiceError } from './to-service-error.ts'

/** Answers in Prometheus's text format. */
export function metricsPage(metrics: Metrics, log: Logger): RequestListener {
  return async function tellMetrics(_req, res) {
    try {
      const text = await metrics.metrics()
      res.writeHead(200, { 'content-type': metrics.contentType, 'content-length': Buffer.byteLength(text) }).end(text)
    } catch (thrown) {
      log.error({ err: thrown }, 'the metrics cannot be told')
      const error = toServiceError(thrown)
      sendJson(res, error.status, errorBody(error))
    }
  }
}
