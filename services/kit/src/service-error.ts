/** Every way in which a request can fail, and the status that says so (RFC 9110; 402 as payment providers use it). */
export const statusOf = {
  invalid: 400,
  unauthenticated: 401,
  payment_declined: 402,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  unprocessable: 422,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof statusOf

const codeOfStatus = new Map(Object.entries(statusOf).map(([code, status]) => [status as number, code as ErrorCode]))

/** The code for a status that another service answered; what we do not know is that service's fault, hence ours. */
export function codeFor(status: number): ErrorCode {
  return codeOfStatus.get(status) ?? (status >= 500 ? 'unavailable' : 'internal')
}

type Options = {
  /** One line per problem, shown to the caller. */
  details?: string[]
  /** Header fields that belong to the answer, such as `Allow`. */
  headers?: Record<string, string>
  cause?: unknown
}

/** An expected failure whose message may be shown to the caller. Everything else that is thrown is a bug and stays inside. */
export class ServiceError extends Error {
  override name = 'ServiceError'
  readonly code: ErrorCode
  readonly details: string[] | undefined
  readonly headers: Record<string, string>

  constructor(code: ErrorCode, message: string, { details, headers = {}, cause }: Options = {}) {
    super(message, { cause })
    this.code = code
    this.details = details
    this.headers = code === 'unavailable' ? { 'retry-after': '2', ...headers } : headers
  }

  get status(): number {
    return statusOf[this.code]
  }
}
