import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

type Sent = { method: string; path: string; headers: IncomingHttpHeaders; body: unknown }
type Answer = { status?: number; headers?: Record<string, string>; body: unknown }

/** Answers by method and path without query, as in `GET /api/products`; a function sees the request. */
export type Answers = Record<string, Answer | ((request: Sent) => Answer)>

/** A real HTTP server in the place of api-gateway, which records what it is asked. Unknown paths are 404, as in the API. */
export async function startFakeGateway(answers: Answers, port = 0) {
  const requests: Sent[] = []
  const server = createServer(async (req, res) => {
    const body = await text(req)
    const request = {
      method: req.method ?? '',
      path: req.url ?? '',
      headers: req.headers,
      body: body === '' ? null : JSON.parse(body),
    }
    requests.push(request)
    const found = answers[`${request.method} ${request.path.split('?')[0]}`]
    const answer = typeof found === 'function' ? found(request) : found
    const { status = 200, headers = {}, body: payload } = answer ?? { status: 404, body: { error: 'No route' } }
    res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(payload))
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
