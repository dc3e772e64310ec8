import { expect, test } from 'vitest'
import { openStorefront, signedIn, teapot } from '../test/storefront.ts'

const staff = signedIn('staff')
const order = {
  ...{ id: 31, status: 'fulfilled', reason: null, total: 49, email: 'ada@example.com', address: 'Ada\n1 Lane' },
  ...{ items: [{ product_id: 7, quantity: 1, name: 'Teapot', price: 49 }], created_at: '2026-01-02T03:04:05Z' },
  events: [{ status: 'pending', reason: null, at: '2026-01-02T03:04:05Z' }],
}
const form = {
  ...{ name: 'Teapot', description: 'Two\r\nlines', category: 'home', price: '19.9', stock: '13', stock_shown: '13' },
}

test.each([
  '/staff',
  '/staff/orders',
  '/staff/orders/31',
  '/staff/products',
  '/staff/products/new',
  '/staff/products/7',
])('%s is for staff', async (path) => {
  await using shop = await openStorefront()
  const guest = await shop.http.get(path)
  expect([guest.status, guest.headers.location]).toEqual([303, `/sign-in?next=${encodeURIComponent(path)}`])
  const customer = await shop.http.get(path).set('cookie', signedIn('customer'))
  expect(customer.status).toBe(403)
  expect(customer.text).toContain('This is for our staff')
  expect(shop.requests).toEqual([])
})

test('what the API does not let somebody do is told, whatever their token says of them', async () => {
  await using shop = await openStorefront({
    'POST /api/products': { status: 403, body: { error: 'Your account may not do this' } },
  })
  const { status, text } = await shop.post('/staff/products', form, signedIn('admin'))
  expect(status).toBe(403)
  expect(text).toContain('This is for our staff')
})

test('a product is added as it was typed', async () => {
  await using shop = await openStorefront({ 'POST /api/products': { status: 201, body: { ...teapot, id: 9 } } })
  const answer = await shop.post('/staff/products', { ...form, category: '', stock_shown: '' }, staff)
  expect(answer).toMatchObject({ status: 303, headers: { location: '/staff/products/9?saved' } })
  expect(shop.requests).toMatchObject([
    {
      headers: { authorization: expect.stringMatching(/^Bearer /) },
      body: { name: 'Teapot', description: 'Two\nlines', category: null, price: 19.9, stock: 13 },
    },
  ])
})

test('a change leaves the stock alone unless somebody counted it', async () => {
  await using shop = await openStorefront({ 'PATCH /api/products/7': { body: teapot } })
  await shop.post('/staff/products/7', form, staff)
  await shop.post('/staff/products/7', { ...form, stock: '12' }, staff)
  const fields = { name: 'Teapot', description: 'Two\nlines', category: 'home', price: 19.9 }
  expect(shop.requests.map(({ body }) => body)).toEqual([fields, { ...fields, stock: 12 }])
})

test('the form of a product has what it is, and knows the stock that it shows', async () => {
  await using shop = await openStorefront()
  const { text } = await shop.http.get('/staff/products/7?saved').set('cookie', staff)
  expect(text).toContain('value="49.00"')
  expect(text).toContain('<option value="home" selected="">')
  expect(text).toContain('name="stock_shown" value="13"')
  expect(text).toContain('See it in the shop')
})

test.each([
  { field: 'name', value: ' ', message: 'Enter a name' },
  { field: 'price', value: '1,50', message: 'Enter a price in euros, such as 19.99' },
  { field: 'price', value: '-1', message: 'Enter a price in euros, such as 19.99' },
  { field: 'price', value: '0.001', message: 'Enter a price in euros, such as 19.99' },
  { field: 'stock', value: '1e3', message: 'Enter how many there are, as a whole number' },
  { field: 'category', value: 'toys', message: 'Choose a department, or none' },
])('a product with $field "$value" comes back: $message', async ({ field, value, message }) => {
  await using shop = await openStorefront()
  const { status, text } = await shop.post('/staff/products/7', { ...form, [field]: value }, staff)
  expect(status).toBe(422)
  expect(text).toContain(`id="${field}-error">${message}`)
  expect(text).toContain('lines</textarea>')
  expect(shop.requests).toEqual([])
})

test('what the API finds wrong with a product is shown above the form', async () => {
  await using shop = await openStorefront({
    'PATCH /api/products/7': {
      status: 400,
      body: { error: 'Validation failed', details: ['price must be at least 0.01'] },
    },
  })
  const { status, text } = await shop.post('/staff/products/7', { ...form, price: '0' }, staff)
  expect(status).toBe(422)
  expect(text).toContain('price must be at least 0.01')
  expect(text).toContain('value="Teapot"')
})

test('a product goes off sale', async () => {
  await using shop = await openStorefront({ 'DELETE /api/products/7': { status: 204, body: undefined } })
  const answer = await shop.post('/staff/products/7/delete', {}, staff)
  expect(answer).toMatchObject({ status: 303, headers: { location: '/staff/products' } })
  expect(shop.requests).toMatchObject([{ method: 'DELETE', path: '/api/products/7' }])
})

test('products are found and paged through', async () => {
  await using shop = await openStorefront({ 'GET /api/products': { body: { products: [teapot], next_cursor: 'n' } } })
  const { text } = await shop.http.get('/staff/products?q=tea+pot&cursor=c').set('cookie', staff)
  expect(shop.requests).toMatchObject([{ path: '/api/products?limit=50&q=tea+pot&cursor=c' }])
  expect(text).toContain('href="/staff/products/7"')
  expect(text).toContain('href="/staff/products?q=tea+pot" rel="first"')
  expect(text).toContain('href="/staff/products?q=tea+pot&amp;cursor=n" rel="next"')
})

test('staff see whose an order is, and refund it', async () => {
  await using shop = await openStorefront({
    'GET /api/orders/31': { body: order },
    'POST /api/orders/31/refund': { status: 202, body: order },
  })
  const { text } = await shop.http.get('/staff/orders/31').set('cookie', staff)
  expect(text).toContain('ada@example.com')
  expect(text).toContain('action="/staff/orders/31/refund"')
  const answer = await shop.post('/staff/orders/31/refund', {}, staff)
  expect(answer).toMatchObject({ status: 303, headers: { location: '/staff/orders/31?refunding' } })
  const after = await shop.http.get('/staff/orders/31?refunding').set('cookie', staff)
  expect(after.text).toContain('The refund is under way.')
  expect(after.text).not.toContain('/refund"')
})

test('an order that cannot be refunded says why', async () => {
  await using shop = await openStorefront({
    'GET /api/orders/31': { body: { ...order, status: 'cancelled', reason: 'not_completed_in_time' } },
    'POST /api/orders/31/refund': {
      status: 409,
      body: { error: 'There is nothing to refund: the order is cancelled' },
    },
  })
  const { status, text } = await shop.post('/staff/orders/31/refund', {}, staff)
  expect(status).toBe(409)
  expect(text).toContain('There is nothing to refund: the order is cancelled.')
  expect(text).not.toContain('/refund"')
})
