import type { ServerResponse } from 'node:http'

/** Answers with JSON. Express's `res.json` would parse the content type and derive an ETag for each. */
export function sendJson(
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  sendPayload(res, status, JSON.stringify(body), headers)
}

/** The same for JSON that is text already. */
export function sendPayload(
  res: ServerResponse,
  status: number,
  payload: string,
  headers: Record<string, string> = {},
): void {
  res.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(payload),
    ...headers,
  })
  // A text goes out in one write with the header; a buffer would take two.
  res.end(payload)
}
