import { createLog } from '@secure-ecommerce/kit/log'

export const silentLog = createLog('test', 'silent')

/** A log, and what was said in it. */
export function listeningLog() {
  const lines: Record<string, unknown>[] = []
  return { log: createLog('test', 'info', { write: (line) => void lines.push(JSON.parse(line)) }), lines }
}
