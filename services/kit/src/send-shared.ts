import { hash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendPayload } from './send-json.ts'

/**
 * The Unix second to whose end nginx may keep an answer whose data are read from now on. It counts whole seconds, and the last one in
 * full: told one less, it keeps nothing for longer than it may.
 *
 * @param seconds for which an answer may be kept
 * @returns undefined where nothing is kept
 */
export function keptUntil(now: number, seconds: number): number | undefined {
  return seconds > 0 ? Math.floor(now / 1_000) + seconds - 1 : undefined
}

/** Answers with JSON that is the same for everybody. Whoever keeps it asks each time whether it has changed, but for the edge. */
export function sendShared(req: IncomingMessage, res: ServerResponse, body: unknown, until: number | undefined): void {
  const payload = JSON.stringify(body)
  // Weak, for nginx compresses it for some: the same content in other bytes.
  const etag = `W/"${hash('sha256', payload, 'base64url')}"`
  const headers = {
    etag,
    // nginx reads these two in this order: how long it may keep the answer, and that meanwhile one asks for a new one, others may
    // have it for a second more.
    ...(until !== undefined && { 'x-accel-expires': `@${until}` }),
    'cache-control': until === undefined ? 'no-cache' : 'no-cache, stale-while-revalidate=1',
  }
  if (isKnown(etag, req.headers['if-none-match'])) res.writeHead(304, headers).end()
  else sendPayload(res, 200, payload, headers)
}

function isKnown(etag: string, known = ''): boolean {
  return known.trim() === '*' || known.split(',').some((each) => each.trim() === etag)
}
