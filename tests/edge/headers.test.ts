import { beforeAll, expect, test } from 'vitest'
import { stack } from '../stack.ts'
import { expectHeaders } from './expect-headers.ts'
import { getByHttps } from './https.ts'
import { request, sendRaw } from './raw.ts'

const json = ['Content-Type: application/json', 'Content-Length: 2']
const form = ['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 0']

const answers = [
  { by: 'a page', bytes: request('GET /'), status: 200 },
  { by: 'a page, by its head', bytes: request('HEAD /'), status: 200 },
  { by: 'a page that there is not', bytes: request('GET /nowhere'), status: 404 },
  { by: 'a page for others', bytes: request('GET /account'), status: 303 },
  {
    by: 'a form of another site',
    bytes: request('POST /basket/items', 'Sec-Fetch-Site: cross-site', ...form),
    status: 403,
  },
  { by: 'a form that is none', bytes: `${request('POST /basket/items', ...json)}{}`, status: 415 },
  { by: 'a file', bytes: request('GET /favicon.svg'), status: 200 },
  { by: 'a file that is compressed', bytes: request('GET /STYLES', 'Accept-Encoding: gzip'), status: 200 },
  { by: 'a file that there is not', bytes: request('GET /assets/nothing.js'), status: 404 },
  { by: 'a list of the API', bytes: request('GET /api/products?limit=1'), status: 200 },
  { by: "the API's description", bytes: request('GET /api/openapi.json'), status: 200 },
  { by: "the gateway's health", bytes: request('GET /health'), status: 200 },
  { by: "a service's health", bytes: request('GET /api/orders/health'), status: 200 },
  { by: 'a service that finds nothing', bytes: request('GET /api/products/999999999999999'), status: 404 },
  { by: 'a service that reads no sense', bytes: request('GET /api/products/x'), status: 400 },
  { by: 'a service that misses a field', bytes: `${request('POST /api/products', ...json)}{}`, status: 400 },
  { by: 'a service without the method', bytes: request('DELETE /api/products'), status: 405 },
  { by: 'a service that knows nobody', bytes: request('GET /api/products', 'Authorization: Bearer x'), status: 401 },
  { by: 'the gateway without a route', bytes: request('GET /api/users'), status: 404 },
  { by: 'nginx without a route', bytes: request('GET /api'), status: 404 },
  { by: 'nginx without the method', bytes: request('TRACE /'), status: 405 },
  { by: 'nginx for a large body', bytes: request('POST /api/products', 'Content-Length: 70000'), status: 413 },
  { by: 'nginx for a long address', bytes: request(`GET /${'x'.repeat(10_000)}`), status: 414 },
  { by: 'nginx for an unknown host', bytes: request('GET /').replace('localhost', 'other.example'), status: 421 },
  { by: 'nginx for long headers', bytes: request('GET /', `X-Long: ${'x'.repeat(10_000)}`), status: 431 },
  { by: 'nginx for what is no HTTP', bytes: 'nonsense\r\n\r\n', status: 400 },
  { by: 'nginx for an unknown encoding', bytes: request('POST /api/products', 'Transfer-Encoding: br'), status: 501 },
  { by: 'nginx for an unknown version', bytes: request('GET /').replace('1.1', '4.0'), status: 505 },
]

let styles: string
beforeAll(async () => {
  styles = /href="\/(assets\/[^"]+\.css)"/.exec(await (await fetch(stack.url)).text())?.[1] ?? 'no styles'
})

test.each(answers)('$status by $by has each header once', async ({ bytes, status }) => {
  const sent = await sendRaw(bytes.replace('STYLES', styles))
  expect(sent.answers.map((answer) => answer.status)).toEqual([status])
  expectHeaders(sent.answers[0]?.headers ?? [])
})

test.each(['/', '/api/products?limit=1', '/api', '/nowhere'])('by HTTPS %s has them too', async (path) => {
  const { rawHeaders } = await getByHttps(path)
  expectHeaders(rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : [])))
})

test('every cookie is for this host, HTTPS and no script', async () => {
  const { answers } = await sendRaw(request('GET /sign-in'))
  const cookies = answers[0]?.headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value) ?? []
  expect(cookies.length).toBeGreaterThan(0)
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Host-[a-z]+=[^;]+;/)
    const attributes = cookie.toLowerCase().split('; ').slice(1)
    expect(attributes).toEqual(expect.arrayContaining(['path=/', 'secure', 'httponly']))
    expect(attributes.filter((attribute) => attribute.startsWith('samesite='))).toHaveLength(1)
  }
})
