import type { IncomingMessage } from 'node:http'
import { connectionFailure, tooMuchFor } from '@secure-ecommerce/kit/client'
import { openConnections } from '@secure-ecommerce/kit/connections'
import type { Identity } from '@secure-ecommerce/kit/identity'
import type { Metrics } from '@secure-ecommerce/kit/metrics'
import { contextHeaders } from '@secure-ecommerce/kit/request-context'
import type { Request, RequestHandler, Response } from 'express'
import type { Dispatcher } from 'undici'

export type Upstream = {
  /** Passes the request on as it came and streams the answer back. */
  forward: RequestHandler
  /** The same, to another path. */
  forwardTo(path: string): RequestHandler
  close(): Promise<void>
}

/** Meant for one hop only (RFC 9110 §7.6.1), or set anew by this hop. */
const ownHeaders = new Set([
  'connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'proxy-authenticate',
  'proxy-authorization',
  'expect',
  'host',
  'x-request-id',
  'traceparent',
])

type Options = { identity?: Identity; metrics?: Metrics | undefined }

/**
 * A streaming reverse proxy over kept connections.
 *
 * @param service how error answers name the other side
 */
export function createUpstream(service: string, baseUrl: string, options: Options = {}): Upstream {
  const connections = openConnections(baseUrl, { timeout: 10_000, ...options })

  function forwardAs(pathOf: (req: Request) => string): RequestHandler {
    return function forward(req, res, next) {
      const request: Dispatcher.DispatchOptions = {
        method: req.method as Dispatcher.HttpMethod,
        path: pathOf(req),
        headers: { ...passedOn(req.headers), ...contextHeaders() },
        body: hasBody(req) ? req : null,
      }
      if (!connections.places.take()) throw tooMuchFor(service)
      res.once('close', connections.places.leave)
      const since = performance.now()
      connections.pool().dispatch(
        request,
        passAnswerTo(res, {
          ended: (result) => connections.took(since, result),
          fail: (error) => next(connectionFailure(service, error)),
        }),
      )
    }
  }

  return {
    forward: forwardAs((req) => req.originalUrl),
    forwardTo: (path) => forwardAs(() => path),
    close: connections.close,
  }
}

type Ends = {
  /** With a status, or what came instead. */
  ended(result: number | 'aborted' | Error): void
  /** Nothing has gone out yet. */
  fail(error: Error): void
}

/** Streams an upstream's answer as it comes, no faster than the caller reads. */
function passAnswerTo(res: Response, { ended, fail }: Ends): Dispatcher.DispatchHandler {
  return {
    onRequestStart(controller) {
      // A caller who leaves takes the request along: nobody works for an answer that nobody reads.
      const leave = () => res.writableFinished || controller.abort(new Error('the caller left'))
      if (res.destroyed) leave()
      else res.once('close', leave)
    },
    onResponseStart(_controller, status, headers) {
      res.writeHead(status, passedOn(headers))
    },
    onResponseData(controller, chunk) {
      if (res.write(chunk)) return
      controller.pause()
      res.once('drain', () => controller.resume())
    },
    onResponseEnd() {
      ended(res.statusCode)
      res.end()
    },
    onResponseError(_controller, error) {
      ended(res.destroyed ? 'aborted' : error)
      if (res.destroyed) return
      // Half an answer must not look like a whole one.
      if (res.headersSent) res.destroy()
      else fail(error)
    },
  }
}

function passedOn(headers: NodeJS.Dict<string | string[]>): NodeJS.Dict<string | string[]> {
  const kept: NodeJS.Dict<string | string[]> = {}
  for (const name in headers) if (!ownHeaders.has(name)) kept[name] = headers[name]
  return kept
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}
