import { readFileSync } from 'node:fs'
import { sendJson } from '@secure-ecommerce/kit/send-json'
import { Router } from 'express'

type Contract = { paths: Record<string, unknown> }

/** The description of the whole API, which `npm run generate` writes. */
export function readContract(): Contract {
  return JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8'))
}

/** What the gateway answers by itself: its health, and that description. */
export function contractRoutes(contract: Contract): Router {
  const router = Router({ caseSensitive: true, strict: true })
  router.get('/health', (_req, res) => sendJson(res, 200, { status: 'healthy' }))
  router.get('/openapi.json', (_req, res) => sendJson(res, 200, contract))
  return router
}
