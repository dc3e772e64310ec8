import Joi from 'joi'
import { isDatabaseAway } from './database-error.ts'
import { ServiceError } from './service-error.ts'

/** Express and its body reader mark a client's mistake by `status` and `type`. */
type HttpError = Error & { status?: number; type?: string }

/** Maps whatever was thrown to what may be said: client mistakes keep their meaning, lost dependencies are 503, the rest is 500. */
export function toServiceError(thrown: unknown): ServiceError {
  if (thrown instanceof ServiceError) return thrown
  if (Joi.isError(thrown)) {
    return new ServiceError('invalid', 'Validation failed', { details: thrown.details.map(({ message }) => message) })
  }
  if (isDatabaseAway(thrown)) return new ServiceError('unavailable', 'The database is not available', { cause: thrown })

  const { status, type } = (thrown ?? {}) as HttpError
  if (type === 'entity.too.large') return new ServiceError('too_large', 'The body is larger than 64 kB')
  if (status === 415) return new ServiceError('unsupported_media_type', 'Unsupported character set or encoding')
  if (status !== undefined && status >= 400 && status < 500) {
    return new ServiceError('invalid', 'The request cannot be read')
  }
  return new ServiceError('internal', 'Internal error', { cause: thrown })
}
