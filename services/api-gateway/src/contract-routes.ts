import { readFileSync } from 'node:fs'
import { sendJson } from '@secure-ecommerce/kit/send-json'
import { Router } from 'express'

/** What the gateway answers by itself: its health, and the description of the whole API, which `npm run generate` writes. */
export function contractRoutes(): Router {
  const document = JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8'))
  const router = Router({ caseSensitive: true, strict: true })
  router.get('/health', (_req, res) => sendJson(res, 200, { status: 'healthy' }))
  router.get('/openapi.json', (_req, res) => sendJson(res, 200, document))
  return router
}
