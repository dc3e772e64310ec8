import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { connect, type OutgoingHttpHeaders } from 'node:http2'
import { expect, test } from 'vitest'
import { stack } from '../stack.ts'
import { shownCertificate } from './https.ts'
import { loggedUntil } from './inside.ts'

const ca = shownCertificate()
const authority = `https://localhost:${process.env.HTTPS_PORT ?? 443}`

async function statusOf(headers: OutgoingHttpHeaders, body = ''): Promise<number> {
  const session = connect(authority, { ca, allowPartialTrustChain: true, checkServerIdentity: () => undefined })
  try {
    const stream = session.request(headers, { endStream: body === '' })
    if (body !== '') stream.end(body)
    const [answer] = await once(stream, 'response')
    return answer[':status']
  } finally {
    session.destroy()
  }
}

test.each([
  { why: 'another host beside the authority', headers: { host: 'other.example' }, status: 400 },
  {
    why: 'a known host beside another authority',
    headers: { ':authority': 'x.example', host: 'localhost' },
    status: 400,
  },
  { why: 'an authority that is not known', headers: { ':authority': 'other.example' }, status: 421 },
  { why: 'no authority', headers: { ':authority': '' }, status: 400 },
  {
    why: 'a body shorter than its length',
    headers: { ':method': 'POST', 'content-length': 50 },
    body: 'abc',
    status: 400,
  },
  {
    why: 'a body longer than its length',
    headers: { ':method': 'POST', 'content-length': 1 },
    body: 'abc',
    status: 400,
  },
  { why: 'a second request in the path', headers: { ':path': '/api/products/ID HTTP/1.1' }, status: 400 },
  { why: 'an absolute address as the path', headers: { ':path': 'http://localhost/api/products/ID' }, status: 400 },
  { why: 'dots in the path', headers: { ':path': '/api/orders/%2e%2e/products/ID' }, status: 404 },
  { why: 'a method that there is not', headers: { ':method': 'BREW' }, status: 405 },
])('by HTTP/2 $why is answered $status, and nobody inside sees it', async ({ headers, body, status }) => {
  const since = Date.now() - 1_000
  const [id, last] = [randomInt(10 ** 14), randomInt(10 ** 14)].map(String)
  const sent = { ':path': '/api/products/ID', ':authority': 'localhost', ...headers }
  expect(await statusOf({ ...sent, ':path': sent[':path'].replace('ID', String(id)) }, body)).toBe(status)

  expect((await fetch(`${stack.url}/api/products/${last}`)).status).toBe(404)
  const lines = await loggedUntil(`/api/products/${last}`, since)
  expect(lines.filter(({ path }) => path?.includes(String(id)))).toEqual([])
})
