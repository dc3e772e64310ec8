import { expect, test } from 'vitest'
import { openStorefront, teapot } from '../test/storefront.ts'

test('a product is added, changed and removed by plain forms, each answered by a redirect', async () => {
  await using shop = await openStorefront()
  const added = await shop.post('/basket/items', { product_id: 7, quantity: 2 })
  expect(added).toMatchObject({ status: 303, headers: { location: '/basket' } })
  expect(added.headers['set-cookie']).toEqual(['basket=7-2; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax'])

  const { text } = await shop.http.get('/basket').set('cookie', 'basket=7-2')
  expect(text).toContain('€98.00')
  expect(text).toContain('href="/checkout"')

  const changed = await shop.post('/basket/items/7', { quantity: 5 }, 'basket=7-2.4-1')
  expect(changed.headers['set-cookie']?.[0]).toMatch(/^basket=7-5\.4-1;/)
  const removed = await shop.post('/basket/items/7/remove', {}, 'basket=7-2')
  expect(removed.headers['set-cookie']?.[0]).toMatch(/^basket=; Path=\/; Max-Age=0;/)
})

test('the script gets the new count instead of a page', async () => {
  await using shop = await openStorefront()
  const add = shop.post('/basket/items', { product_id: 7, quantity: 3 }, 'basket=7-2')
  expect(await add.set('accept', 'application/json')).toMatchObject({ status: 200, body: { count: 5 } })
})

test('the cookie is Secure where nginx says that the browser came by HTTPS', async () => {
  await using shop = await openStorefront()
  const add = shop.post('/basket/items', { product_id: 7 }).set('x-forwarded-proto', 'https')
  expect((await add).headers['set-cookie']?.[0]).toMatch(/; Secure$/)
})

test.each([
  { why: 'an id that is not a number', fields: { product_id: '7;drop', quantity: 1 } },
  { why: 'an id beyond the safe integers', fields: { product_id: '9999999999999999999', quantity: 1 } },
  { why: 'a quantity of zero', fields: { product_id: 7, quantity: 0 } },
  { why: 'a huge quantity', fields: { product_id: 7, quantity: 1e9 } },
  { why: 'half a piece', fields: { product_id: 7, quantity: 0.5 } },
  { why: 'a field too many', fields: { product_id: 7, quantity: 1, price: 0.01 } },
  { why: 'a repeated field', fields: { product_id: ['7', '8'] } },
  { why: 'no field', fields: {} },
])('adding with $why is refused', async ({ fields }) => {
  await using shop = await openStorefront()
  const answer = await shop.post('/basket/items', fields)
  expect(answer.status).toBe(400)
  expect(answer.headers['set-cookie']).toBeUndefined()
  expect(answer.text).toContain('We could not read that')
})

test('a form in another encoding is refused', async () => {
  await using shop = await openStorefront()
  expect((await shop.http.post('/basket/items').send({ product_id: 7 })).status).toBe(415)
})

test('a basket that is full says so, and keeps what it has', async () => {
  await using shop = await openStorefront()
  const full = Array.from({ length: 20 }, (_, i) => `${i + 100}-1`).join('.')
  const answer = await shop.post('/basket/items', { product_id: 7 }, `basket=${full}`)
  expect(answer.status).toBe(409)
  expect(answer.text).toContain('Your basket is full')
  expect(answer.headers['set-cookie']).toBeUndefined()
})

test.each([
  { why: 'sold out', stock: 0, note: 'Sold out meanwhile.' },
  { why: 'fewer left than wanted', stock: 1, note: 'Only 1 left.' },
])('a basket with a product that is $why cannot go to checkout', async ({ stock, note }) => {
  await using shop = await openStorefront({ 'GET /api/products/7': { body: { ...teapot, stock } } })
  const { text } = await shop.http.get('/basket').set('cookie', 'basket=7-2')
  expect(text).toContain(note)
  expect(text).not.toContain('href="/checkout"')
  const checkout = await shop.http.get('/checkout').set('cookie', 'basket=7-2')
  expect(checkout).toMatchObject({ status: 303, headers: { location: '/basket' } })
})

test('a product that the shop no longer has leaves the basket, and its owner is told', async () => {
  await using shop = await openStorefront()
  const { text, headers } = await shop.http.get('/basket').set('cookie', 'basket=7-1.8-1')
  expect(text).toContain('One product is no longer sold here')
  expect(text).toContain('€49.00')
  expect(headers['set-cookie']).toContainEqual(expect.stringMatching(/^basket=7-1;/))
})

test('prices are added in cents', async () => {
  await using shop = await openStorefront({ 'GET /api/products/7': { body: { ...teapot, price: 1.1 } } })
  const { text } = await shop.http.get('/basket').set('cookie', 'basket=7-3')
  expect(text).toContain('<data value="3.3">€3.30</data>')
})
