import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'

export type Sent = { method?: string; path: string; headers?: OutgoingHttpHeaders; body?: string }
export type Answer = { status: number; requestId: string; type: string; body: string }

const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

/** Sends a request as it is written here: fetch would tidy up its address. */
export async function send(base: string, { method = 'GET', path, headers = {}, body }: Sent): Promise<Answer> {
  const { hostname, port } = new URL(base)
  const sending = httpRequest({
    ...{ hostname, port, method, path, agent: false },
    headers: {
      'user-agent': browser,
      accept: '*/*',
      ...(body && { 'content-length': Buffer.byteLength(body) }),
      ...headers,
    },
  })
  const answer = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    sending.on('response', resolve).on('error', reject)
    sending.end(body)
  })
  return {
    status: answer.statusCode ?? 0,
    requestId: String(answer.headers['x-request-id']),
    type: String(answer.headers['content-type']),
    body: await text(answer),
  }
}

export const query = (value: string, path = '/api/products'): Sent => ({
  path: `${path}?q=${encodeURIComponent(value)}`,
})

/** On a product that there is not, so that nothing comes of it where it passes. */
export const json = (body: unknown): Sent => ({
  method: 'PATCH',
  path: '/api/products/999999999999',
  headers: { 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

export const form = (path: string, fields: Record<string, string>): Sent => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
})
