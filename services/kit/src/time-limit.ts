import { ServiceError } from './service-error.ts'

/** Gives up on a call after `limit` milliseconds, whether or not the call honours its signal. @throws ServiceError `unavailable` then */
export async function withTimeLimit<Result>(
  limit: number,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(new ServiceError('unavailable', `No answer within ${limit} ms`)), limit)
  try {
    return await Promise.race([call(patience.signal), whenAborted(patience.signal)])
  } finally {
    clearTimeout(timer)
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
}
