import { expect, test } from 'vitest'
import { openStorefront, teapot } from '../test/storefront.ts'

test('the front page greets, shows products and leads to the next page', async () => {
  await using shop = await openStorefront({
    'GET /api/products': { body: { products: [teapot], next_cursor: 'abc-1' } },
  })
  const { status, headers, text } = await shop.http.get('/')
  expect(status).toBe(200)
  expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-store' })
  expect(text).toMatch(/^<!doctype html><html lang="en">/)
  expect(text).toContain('Useful things,')
  expect(text).toContain('href="/products/7"')
  expect(text).toContain('€49.00')
  expect(text).toContain('href="/?cursor=abc-1" rel="next"')
  expect(text).not.toContain('rel="first"')
})

test('a further page of a search in a department asks for just that, and leads back to the first', async () => {
  await using shop = await openStorefront()
  const { text } = await shop.http.get('/category/home?q=O%27Brien+%26+%E5%8C%97%E4%BA%AC&cursor=abc&utm_source=letter')
  expect(shop.requests[0]?.path).toBe(
    '/api/products?limit=24&category=home&q=O%27Brien+%26+%E5%8C%97%E4%BA%AC&cursor=abc',
  )
  expect(text).toContain('href="/category/home?q=O%27Brien+%26+%E5%8C%97%E4%BA%AC" rel="first"')
  expect(text).toContain('value="O&#x27;Brien &amp; 北京"')
})

test('a search without results says so', async () => {
  await using shop = await openStorefront({ 'GET /api/products': { body: { products: [], next_cursor: null } } })
  const { status, text } = await shop.http.get('/?q=unobtainium')
  expect(status).toBe(200)
  expect(text).toContain('Nothing on the shelves matches that.')
})

const names = ['<script>alert(1)</script>', "O'Brien's & sons", '北京的胡同', '🎧 emoji', 'select * from products; --']

test.each(names)('the name %s is shown as written, on every page', async (name) => {
  const product = { ...teapot, name, description: name }
  const order = {
    id: 5,
    status: 'paid',
    reason: null,
    items: [{ product_id: 7, quantity: 1, name, price: 49 }],
    total: 49,
  }
  await using shop = await openStorefront({
    'GET /api/products': { body: { products: [product], next_cursor: null } },
    'GET /api/products/7': { body: product },
    'GET /api/orders/5': { body: order },
  })
  const escaped = name
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll("'", '&#x27;')
  for (const path of ['/', `/?q=${encodeURIComponent(name)}`, '/products/7', '/basket', '/checkout', '/orders/5']) {
    const { status, text } = await shop.http.get(path).set('cookie', 'basket=7-1')
    expect(status).toBe(200)
    expect(text).toContain(escaped)
    expect(text).not.toContain('<script>alert')
  }
})

test.each([
  { why: 'no picture', picture: null, category: 'books' },
  { why: 'a picture we did not draw', picture: 'spaceship', category: 'electronics' },
  { why: 'a picture named like a property of objects', picture: 'constructor', category: 'home' },
  { why: 'neither picture nor category', picture: null, category: null },
] as const)('a product with $why has a drawing all the same', async ({ picture, category }) => {
  await using shop = await openStorefront({
    'GET /api/products/7': { body: { ...teapot, picture, category } },
  })
  const { status, text } = await shop.http.get('/products/7')
  expect(status).toBe(200)
  expect(text).toMatch(/<ellipse class="shadow"[^>]*><\/ellipse><(rect|path|circle)/)
})

test.each([
  { stock: 0, shown: 'Sold out.', button: false },
  { stock: 1, shown: 'One piece in the storeroom', button: true },
  { stock: 5, shown: 'Only <!-- -->5<!-- --> left', button: true },
  { stock: 12_000, shown: '12,000 in the storeroom', button: true },
])('a stock of $stock is told truthfully', async ({ stock, shown, button }) => {
  await using shop = await openStorefront({ 'GET /api/products/7': { body: { ...teapot, stock } } })
  const { text } = await shop.http.get('/products/7')
  expect(text).toContain(shown.replaceAll('<!-- -->', ''))
  expect(text.includes('Add to basket')).toBe(button)
})

test('the pages carry the request on to the gateway', async () => {
  await using shop = await openStorefront()
  const requestId = '0123456789abcdef0123456789abcdef'
  const { headers } = await shop.http.get('/products/7').set('x-request-id', requestId)
  expect(headers['x-request-id']).toBe(requestId)
  for (const request of shop.requests) expect(request.headers['x-request-id']).toBe(requestId)
})
