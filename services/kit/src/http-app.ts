import express, { type Express, type RequestHandler, type Router } from 'express'
import { type AuditTrail, changeOnlyWhileKept, noteRefusals } from './audit-trail.ts'
import { errorHandler, notFound } from './error-handler.ts'
import { healthRoutes } from './health.ts'
import { type Load, limitLoad } from './limit-load.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'
import { templatesOf } from './path-templates.ts'
import { requestLog } from './request-log.ts'
import { requestMetrics } from './request-metrics.ts'

type Routes = Record<string, Router | RequestHandler | RequestHandler[]>

type Options = {
  log: Logger
  metrics?: Metrics | undefined
  /** Resolves when everything the service depends on answers, and throws otherwise. */
  ready: () => Promise<void>
  /** Where what the app does is recorded: while it is not kept the app changes nothing and is not ready. */
  trail?: AuditTrail
  /** How much at once, where requests enter. */
  load?: Load
  /** Run for every request but health probes, before the routes. */
  before?: RequestHandler[]
  /** Routers by the path they are mounted on. */
  routes: Routes
  /** Of what they answer without a route of their own, as templates: what is measured is measured for each path. */
  paths?: string[]
  /** Replaces the JSON answers for unknown routes and failures, for a service that speaks HTML. */
  after?: (RequestHandler | express.ErrorRequestHandler)[]
}

/** Behind the entrances, which bound the load of all others: for what gets past them. */
const usualLoad: Load = { atOnce: 128, reserved: 0, places: 0, patience: 0 }

/** The middleware order that every service shares. Never listens: `runService` and tests do. */
export function createHttpApp(options: Options): Express {
  const { log, metrics, ready, trail, load = usualLoad, before = [], routes, paths = [], after = [] } = options
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.enable('case sensitive routing')
  app.set('query parser', 'simple')

  app.use(healthRoutes(log, () => ready().then(trail?.check)))
  app.use(requestLog(log, metrics && requestMetrics(metrics, [...paths, ...templatesOfAll(routes)])))
  app.use(limitLoad(load, metrics))
  if (trail) app.use(changeOnlyWhileKept(trail))
  for (const step of before) app.use(step)
  for (const [path, router] of Object.entries(routes)) app.use(path, router)
  for (const step of after) app.use(step)
  app.use(notFound)
  if (trail) app.use(noteRefusals(trail, Object.keys(routes)))
  app.use(errorHandler(log))
  return app
}

function templatesOfAll(routes: Routes): string[] {
  return Object.entries(routes).flatMap(([path, handlers]) =>
    [handlers].flat().flatMap((handler) => ('stack' in handler ? templatesOf(handler, path) : [])),
  )
}
