import { errors } from 'undici'
import { openConnections } from './connections.ts'
import type { Identity } from './identity.ts'
import type { Metrics } from './metrics.ts'
import { contextHeaders } from './request-context.ts'
import { codeFor, ServiceError } from './service-error.ts'

type Request = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  /** Sent as JSON; a text is JSON already, and goes out as it is. */
  body?: unknown
  headers?: Record<string, string>
}

type Options = {
  /** Milliseconds. */
  timeout?: number
  identity?: Identity | undefined
  metrics?: Metrics | undefined
}

/** A failure to reach another service at all: the request was not sent, so nothing happened there. */
export class NotSentError extends ServiceError {
  override name = 'NotSentError'
}

export type Client = {
  /**
   * Sends JSON and returns the JSON answer of a 2xx.
   *
   * @throws NotSentError when no connection could be made, or too many requests are under way; ServiceError with the other side's code and details for any other
   * status (and its Retry-After), and with `unavailable` when it is not known whether the request took effect
   */
  request<Body>(request: Request): Promise<Body>
  close(): Promise<void>
}

const notSentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** A pool of kept connections to one service; the current request's id and trace travel along. */
export function createClient(service: string, baseUrl: string, { timeout = 5_000, ...options }: Options = {}): Client {
  const connections = openConnections(baseUrl, { timeout, ...options })

  async function send({ method, path, body, headers }: Request) {
    const payload = asJson(body)
    const contentType = payload === null ? {} : { 'content-type': 'application/json' }
    if (!connections.places.take()) throw tooMuchFor(service)
    const since = performance.now()
    try {
      const answer = await connections.pool().request({
        method,
        path,
        body: payload,
        headers: { ...contextHeaders(), ...contentType, ...headers },
      })
      const text = await answer.body.text()
      connections.took(since, answer.statusCode)
      return { status: answer.statusCode, retryAfter: answer.headers['retry-after'], text }
    } catch (error) {
      connections.took(since, error)
      throw connectionFailure(service, error)
    } finally {
      connections.places.leave()
    }
  }

  return {
    async request<Body>(request: Request): Promise<Body> {
      const { status, retryAfter, text } = await send(request)
      const answer = parseAnswer(service, text)
      if (status < 300) return answer as Body
      const { error, details } = (answer ?? {}) as { error?: string; details?: string[] }
      throw new ServiceError(codeFor(status), error ?? `${service} answered ${status}`, {
        ...(details && { details }),
        ...(typeof retryAfter === 'string' && { headers: { 'retry-after': retryAfter } }),
      })
    },
    close: connections.close,
  }
}

/** What a failed exchange with a service means for our own caller. */
export function connectionFailure(service: string, cause: unknown): ServiceError {
  const { code } = cause as NodeJS.ErrnoException
  const notSent = cause instanceof errors.ConnectTimeoutError || notSentCodes.has(code ?? '')
  const Failure = notSent ? NotSentError : ServiceError
  return new Failure('unavailable', `${service} is not available`, { cause })
}

/** Too many requests are under way to a service for one more. */
export function tooMuchFor(service: string): NotSentError {
  return new NotSentError('unavailable', `${service} has too much to do at the moment`)
}

function asJson(body: unknown): string | null {
  if (body === undefined) return null
  return typeof body === 'string' ? body : JSON.stringify(body)
}

function parseAnswer(service: string, text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ServiceError('unavailable', `${service} gave an answer that is not JSON`, { cause })
  }
}
