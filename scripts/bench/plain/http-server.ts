// Stands in for services/kit/src/http-server.ts: business in plain HTTP, with whoever asks.
import type { Server } from 'node:http'
import { createHttpServer } from '@secure-ecommerce/kit/http-server'
import type { Express } from 'express'

export { createHttpServer, createProbeServer, drain } from '@secure-ecommerce/kit/http-server'

export function createBusinessServer(app: Express): Server {
  return createHttpServer(app)
}
