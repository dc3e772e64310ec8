import { expect, test } from 'vitest'
import { openStorefront, storefrontTo } from '../test/storefront.ts'

test('nothing inline is allowed, and nothing inline is sent', async () => {
  await using shop = await openStorefront()
  for (const path of ['/', '/products/7', '/basket', '/checkout', '/nowhere']) {
    const { headers, text } = await shop.http.get(path).set('cookie', 'basket=7-1')
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self';connect-src 'self';form-action 'self';" +
        "frame-ancestors 'none';base-uri 'none';require-trusted-types-for 'script';trusted-types 'none'",
    )
    expect(text).not.toMatch(/\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)/)
  }
})

test('the headers that do not depend on the page are left to nginx, and the software is not named', async () => {
  await using shop = await openStorefront()
  const { headers } = await shop.http.get('/')
  const others = ['x-content-type-options', 'x-frame-options', 'referrer-policy', 'strict-transport-security']
  for (const name of [...others, 'permissions-policy', 'x-powered-by']) expect(headers).not.toHaveProperty(name)
})

test.each([
  { why: 'another site', headers: { 'sec-fetch-site': 'cross-site' }, status: 403 },
  { why: 'another port of this host', headers: { 'sec-fetch-site': 'same-site' }, status: 403 },
  { why: 'a browser that tells only the origin', headers: { origin: 'http://evil.example' }, status: 403 },
  { why: 'a page without an origin', headers: { origin: 'null' }, status: 403 },
  { why: 'our own page', headers: { 'sec-fetch-site': 'same-origin' }, status: 303 },
  { why: 'our own origin', headers: { host: 'shop.example', origin: 'http://shop.example' }, status: 303 },
  { why: 'a caller that is no browser', headers: {}, status: 303 },
])('a form from $why is answered with $status', async ({ headers, status }) => {
  await using shop = await openStorefront()
  const answer = await shop.post('/basket/items', { product_id: 7 }).set(headers)
  expect(answer.status).toBe(status)
})

test('while the gateway is away, pages are 503 with Retry-After and say nothing of the inside', async () => {
  const { http } = storefrontTo('http://127.0.0.1:9')
  for (const path of ['/', '/products/7', '/orders/1']) {
    const { status, headers, text } = await http.get(path)
    expect(status).toBe(503)
    expect(headers['retry-after']).toBe('2')
    expect(text).toContain('The shop is closed for a moment')
    expect(text).toContain(headers['x-request-id'])
    expect(text).not.toMatch(/127\.0\.0\.1|ECONNREFUSED|api-gateway|\bat \w+ \(/)
  }
  expect((await http.get('/ready')).status).toBe(503)
  expect((await http.get('/health')).status).toBe(200)
})

test.each([
  { why: 'an unknown page', path: '/nowhere', status: 404 },
  { why: 'an unknown department', path: '/category/toys', status: 404 },
  { why: 'a department of Object.prototype', path: '/category/__proto__', status: 404 },
  { why: 'a product that is not there', path: '/products/8', status: 404 },
  { why: 'a malformed id', path: '/products/1;drop', status: 404 },
  { why: 'a path that cannot be decoded', path: '/products/%E0%A4%A', status: 400 },
  { why: 'a search of 101 characters', path: `/?q=${'x'.repeat(101)}`, status: 400 },
  { why: 'a repeated search', path: '/?q=a&q=b', status: 400 },
  { why: 'a file outside the folder', path: '/assets/..%2f..%2fpackage.json', status: 404 },
])('$why is a page of the shop with status $status', async ({ path, status }) => {
  await using shop = await openStorefront()
  const answer = await shop.http.get(path)
  expect(answer.status).toBe(status)
  expect(answer.text).toContain('See the goods')
  expect(answer.text).not.toContain('node_modules')
})

test('a broken answer of the gateway is a page, not a stack trace', async () => {
  await using shop = await openStorefront({ 'GET /api/products': { body: { products: 'none' } } })
  const { status, text } = await shop.http.get('/')
  expect(status).toBe(500)
  expect(text).toContain('Something broke on our side')
  expect(text).not.toMatch(/TypeError|\bat \w+/)
})
