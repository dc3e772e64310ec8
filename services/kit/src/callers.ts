import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { TLSSocket } from 'node:tls'
import type { AuditTrail } from './audit-trail.ts'
import { errorBody } from './error-handler.ts'
import type { Identity } from './identity.ts'
import type { Logger } from './log.ts'
import { contextFrom, type RequestContext } from './request-context.ts'
import { sendJson } from './send-json.ts'
import { type ErrorCode, ServiceError } from './service-error.ts'
import { serviceNamed } from './service-name.ts'

/** Which services may ask for a path and everything below it. The longest path counts; what is below none is for nobody. */
export type Callers = Record<string, readonly string[]>

export type Guarded = {
  callers: Callers
  log: Logger
  /** Where refusals are recorded beside the log, for a service that keeps a trail. */
  trail?: Pick<AuditTrail, 'refusals'> | undefined
}

type Refusal = { actor: string; route: string; cause: string }

const names = new WeakMap<object, string>()

/** Which service a request came from, by its certificate; undefined where none was asked for. */
export function callingService({ socket }: Pick<IncomingMessage, 'socket'>): string | undefined {
  return names.get(socket)
}

/** Passes on what comes from a caller that may, by its certificate. Others are answered 403, which is logged with its cause. */
export function onlyCallers({ callers, log, trail }: Guarded, handle: RequestListener): RequestListener {
  const paths = Object.keys(callers).sort((one, other) => other.length - one.length)

  function nameOf(socket: TLSSocket): string {
    const known = names.get(socket)
    if (known !== undefined) return known
    const name = serviceNamed(socket.getPeerX509Certificate()?.subjectAltName)
    names.set(socket, name)
    return name
  }

  function refusalOf({ url = '', socket }: IncomingMessage): Refusal | undefined {
    const route = paths.find((path) => isBelow(path, url))
    try {
      const actor = nameOf(socket as TLSSocket)
      if (route === undefined)
        return { actor, route: 'none', cause: `no service may ask for this path, but ${actor} did` }
      if (!callers[route]?.includes(actor)) return { actor, route, cause: `${actor} may not ask for ${route}` }
      return undefined
    } catch (error) {
      return { actor: 'unknown', route: route ?? 'none', cause: (error as Error).message }
    }
  }

  return function passOn(req, res) {
    const refusal = refusalOf(req)
    if (refusal === undefined) return handle(req, res)
    const { actor, route, cause } = refusal
    const context = contextFrom(req.headers)
    const address = req.socket.remoteAddress
    log.warn({ ...context, cause, address }, 'caller refused')
    trail?.refusals.note({ actor, role: 'service', address: address ?? null, route, status: 403 })
    refuse(res, context, 'forbidden', 'This path is not for the service that your certificate names')
  }
}

/** The address is taken as it came: what Express would read in another way is below none of the paths. */
function isBelow(path: string, url: string): boolean {
  if (path === '/') return url.startsWith('/')
  return url.startsWith(path) && (url.length === path.length || url[path.length] === '/' || url[path.length] === '?')
}

/** The plain port: whether the service works, and nothing of its business. Without a certificate that is good it does not. */
export function onlyProbes(
  identity: Identity,
  handle: RequestListener,
  tellMetrics?: RequestListener,
): RequestListener {
  return function passOn(req, res) {
    const { url } = req
    if (url === '/ready' && identity.isOver()) {
      sendJson(res, 503, { status: 'unhealthy', error: 'The certificate has run out' })
    } else if (url === '/health' || url === '/ready') handle(req, res)
    else if (url === '/metrics' && tellMetrics) tellMetrics(req, res)
    else refuse(res, contextFrom(req.headers), 'not_found', 'This port only tells whether the service works')
  }
}

function refuse(
  res: ServerResponse,
  { requestId, traceparent }: RequestContext,
  code: ErrorCode,
  message: string,
): void {
  const error = new ServiceError(code, message)
  res.shouldKeepAlive = false
  sendJson(res, error.status, errorBody(error, requestId), { 'x-request-id': requestId, traceparent })
}
