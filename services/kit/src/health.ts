import { Router } from 'express'
import type { Logger } from './log.ts'
import { sendJson } from './send-json.ts'
import { toServiceError } from './to-service-error.ts'

const healthy = { status: 'healthy' }

/** `/health`: the process answers. `/ready`: what it depends on answers too. Mounted before the request log, which probes would fill. */
export function healthRoutes(log: Logger, ready: () => Promise<void>): Router {
  const router = Router()

  router.get('/health', (_req, res) => sendJson(res, 200, healthy))

  router.get('/ready', async (_req, res) => {
    try {
      await ready()
      sendJson(res, 200, healthy)
    } catch (error) {
      log.warn({ err: error }, 'not ready')
      sendJson(res, 503, { status: 'unhealthy', error: toServiceError(error).message }, { 'retry-after': '2' })
    }
  })

  return router
}
