import { afterAll, beforeAll, expect, test } from 'vitest'
import { nginxApart } from './nginx-apart.ts'

/** As docker-compose.security.yml sets them. */
const settings = { AUTH_MODE: 'enforced', BIND_ADDRESS: '0.0.0.0', HTTP_MODE: 'https-only' }

let nginx: Awaited<ReturnType<typeof nginxApart>>
beforeAll(async () => {
  nginx = await nginxApart({ ...settings, HTTPS_PORT: '443', SHOP_HOSTS: 'shop.example' })
})
afterAll(() => nginx?.[Symbol.asyncDispose]())

test.each([
  { asked: '/', host: 'localhost', leads: 'https://localhost/' },
  {
    asked: '/api/products?q=a%20b&limit=1',
    host: 'shop.example',
    leads: 'https://shop.example/api/products?q=a%20b&limit=1',
  },
  { asked: '//other.example/', host: 'Shop.Example:80', leads: 'https://shop.example//other.example/' },
  { asked: '/health', host: '127.0.0.1:8480', leads: 'https://127.0.0.1/health' },
])('by HTTP $asked of $host leads to $leads, whatever the method', async ({ asked, host, leads }) => {
  for (const method of ['GET', 'POST', 'DELETE']) {
    const options = ['--path-as-is', '--request', method, '--header', `Host: ${host}`]
    const told = await nginx.ask(
      `http://127.0.0.1${asked}`,
      '%{http_code} %header{location}|%header{strict-transport-security}',
      ...options,
    )
    expect({ method, told }).toEqual({ method, told: `308 ${leads}|` })
  }
})

test('another published port is in the address', async () => {
  await using other = await nginxApart({ ...settings, HTTPS_PORT: '8443' })
  expect(await other.ask('http://localhost/x', '%{http_code} %header{location}')).toBe('308 https://localhost:8443/x')
})

test.each(['http', 'https'])('by %s a host that is not known is led nowhere', async (scheme) => {
  const told = await nginx.ask(
    `${scheme}://127.0.0.1/`,
    '%{http_code}|%header{location}',
    '--header',
    'Host: other.example',
  )
  expect(told).toBe('421|')
})

test('by HTTPS every answer tells browsers to stay there for two years, on names below too', async () => {
  for (const [path, status] of [
    ['/api', 404],
    ['/', 503],
    ['/api/products', 503],
    ['/unavailable.css', 200],
  ]) {
    const told = await nginx.ask(`https://localhost${path}`, '{"status":%{http_code},"headers":%{header_json}}')
    const { headers, ...rest } = JSON.parse(told)
    const policy = headers['strict-transport-security']
    expect({ path, ...rest, policy }).toEqual({ path, status, policy: ['max-age=63072000; includeSubDomains'] })
  }
})
