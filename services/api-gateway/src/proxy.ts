import type { IncomingMessage, ServerResponse } from 'node:http'
import { connectionFailure, poolOptions } from '@secure-ecommerce/kit/client'
import { contextHeaders } from '@secure-ecommerce/kit/request-context'
import type { RequestHandler } from 'express'
import { type Dispatcher, Pool } from 'undici'

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

/**
 * A streaming reverse proxy over kept connections.
 *
 * @param service how error answers name the other side
 */
export function createUpstream(service: string, baseUrl: string): Upstream {
  const pool = new Pool(baseUrl, poolOptions(10_000))

  function forwardAs(pathOf: (req: IncomingMessage & { originalUrl: string }) => string): RequestHandler {
    return function forward(req, res, next) {
      const controller = new AbortController()
      // A visitor who leaves takes the request along: nobody works for an answer that nobody reads.
      res.once('close', () => res.writableFinished || controller.abort())

      const options: Dispatcher.RequestOptions<ServerResponse> = {
        method: req.method as Dispatcher.HttpMethod,
        path: pathOf(req),
        headers: { ...passedOn(req.headers), ...contextHeaders() },
        body: hasBody(req) ? req : null,
        opaque: res,
        signal: controller.signal,
      }
      pool.stream(options, writeHead).catch((error) => {
        if (!controller.signal.aborted) next(connectionFailure(service, error))
      })
    }
  }

  return {
    forward: forwardAs((req) => req.originalUrl),
    forwardTo: (path) => forwardAs(() => path),
    close: () => pool.close(),
  }
}

function writeHead({ statusCode, headers, opaque }: Dispatcher.StreamFactoryData<ServerResponse>): ServerResponse {
  opaque.writeHead(statusCode, passedOn(headers))
  return opaque
}

function passedOn(headers: NodeJS.Dict<string | string[]>): NodeJS.Dict<string | string[]> {
  const kept: NodeJS.Dict<string | string[]> = {}
  for (const name in headers) if (!ownHeaders.has(name)) kept[name] = headers[name]
  return kept
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}
