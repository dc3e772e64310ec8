import type { ServerResponse } from 'node:http'

/** Answers with JSON. Express's `res.json` derives charset and ETag anew each time, which costs as much as the query. */
export function sendJson(
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const payload = Buffer.from(JSON.stringify(body))
  res.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': payload.length,
    ...headers,
  })
  res.end(payload)
}
