import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino'
import { currentContext } from './request-context.ts'

export type { Logger }

/**
 * JSON lines with service, level, time, and inside a request its id and traceparent.
 *
 * Lines are written in batches every 100 ms at the latest, because a write per line costs more than the line.
 */
export function createLog(
  service: string,
  level: string,
  stream: DestinationStream = destination({ dest: 1, sync: false, minLength: 15_000, periodicFlush: 100 }),
): Logger {
  return pino(
    {
      level,
      base: { service },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => currentContext() ?? {},
    },
    stream,
  )
}
