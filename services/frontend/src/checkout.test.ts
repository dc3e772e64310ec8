import { expect, test } from 'vitest'
import { openStorefront, signedIn, type storefrontTo, teapot } from '../test/storefront.ts'

const form = {
  name: "Nuala O'Brien",
  email: 'nuala@example.com',
  address: '12 Long Lane',
  payment_token: 'tok_visa',
  idempotency_key: '4be0643f-1d98-473b-97cd-ca98a65347dd',
}
const paid = { id: 31, status: 'paid', reason: null, items: [], total: 98 }

type Shop = Pick<ReturnType<typeof storefrontTo>, 'post'>
const order = ({ post }: Shop, fields: object = form) => post('/checkout', fields, 'basket=7-2')
const keyIn = (html: string) => /name="idempotency_key" value="([^"]+)"/.exec(html)?.[1]

test('an order is placed once with its key, and the basket is emptied', async () => {
  await using shop = await openStorefront({ 'POST /api/orders': { status: 201, body: paid } })
  const answer = await order(shop)
  expect(answer).toMatchObject({ status: 303, headers: { location: '/orders/31' } })
  expect(answer.headers['set-cookie']?.[0]).toMatch(/^basket=; .*Max-Age=0/)
  expect(shop.requests).toEqual([
    {
      method: 'POST',
      path: '/api/orders',
      headers: expect.objectContaining({ 'idempotency-key': form.idempotency_key }),
      body: {
        items: [{ product_id: 7, quantity: 2 }],
        email: form.email,
        address: "Nuala O'Brien\n12 Long Lane",
        payment_token: 'tok_visa',
      },
    },
  ])
})

test('each checkout page has a key of its own', async () => {
  await using shop = await openStorefront()
  const open = async () => keyIn((await shop.http.get('/checkout').set('cookie', 'basket=7-2')).text)
  expect(await open()).not.toBe(await open())
})

test('wrong fields come back with what was typed, the errors beside them, and the same key', async () => {
  await using shop = await openStorefront()
  const { status, text } = await order(shop, { ...form, email: 'nuala@', address: '' })
  expect(status).toBe(422)
  expect(text).toContain('value="Nuala O&#x27;Brien"')
  expect(text).toContain('value="nuala@"')
  expect(text).toContain('id="email-error">Enter an e-mail address such as name@example.com')
  expect(text).toContain('aria-describedby="address-error"')
  expect(keyIn(text)).toBe(form.idempotency_key)
  expect(shop.requests.filter(({ method }) => method === 'POST')).toEqual([])
})

test.each([
  {
    why: 'a declined card',
    answer: { status: 402, body: { error: 'The payment was declined', details: ['card_declined'] } },
    shown: 'The payment was declined. The bank declined the card.',
    sameKey: false,
  },
  {
    why: 'a card without money',
    answer: { status: 402, body: { error: 'The payment was declined', details: ['insufficient_funds'] } },
    shown: 'There was not enough money on the card.',
    sameKey: false,
  },
  {
    why: 'the other half of a double click still under way',
    answer: { status: 409, headers: { 'retry-after': '1' }, body: { error: 'This order is still being placed' } },
    shown: 'This order is still being placed.',
    sameKey: true,
  },
  {
    why: 'an order that this form has placed already, with other details',
    answer: { status: 422, body: { error: 'This Idempotency-Key was used for another order' } },
    shown: 'You have sent this form before',
    sameKey: false,
  },
  {
    why: 'an answer that never came',
    answer: { status: 503, body: { error: 'payment-api is not available' } },
    shown: 'The order did not go through yet.',
    sameKey: true,
  },
])('after $why the form is there again, with the basket kept', async ({ answer, shown, sameKey }) => {
  await using shop = await openStorefront({ 'POST /api/orders': answer })
  const { status, text, headers } = await order(shop)
  expect(status).toBe(answer.status)
  expect(text).toContain(shown)
  expect(text).toContain('value="nuala@example.com"')
  expect(String(headers['set-cookie'])).not.toContain('basket=')
  expect(keyIn(text) === form.idempotency_key).toBe(sameKey)
})

test('the second half of a double click waits for the first and leads to the same order', async () => {
  let asked = 0
  const underWay = { status: 409, headers: { 'retry-after': '1' }, body: { error: 'This order is still being placed' } }
  await using shop = await openStorefront({
    'POST /api/orders': () => (++asked < 3 ? underWay : { status: 201, body: paid }),
  })
  expect(await order(shop)).toMatchObject({ status: 303, headers: { location: '/orders/31' } })
  expect(new Set(shop.requests.map(({ headers }) => headers['idempotency-key']))).toEqual(
    new Set([form.idempotency_key]),
  )
})

test('stock that ran out at the last moment leads back to the basket, which says which', async () => {
  await using shop = await openStorefront({
    'POST /api/orders': { status: 409, body: { error: 'Not enough stock' } },
    'GET /api/products/7': { body: { ...teapot, stock: 1 } },
  })
  expect(await order(shop)).toMatchObject({ status: 303, headers: { location: '/basket' } })
})

test('an empty basket orders nothing', async () => {
  await using shop = await openStorefront()
  expect(await shop.post('/checkout', form)).toMatchObject({
    status: 303,
    headers: { location: '/basket' },
  })
  expect(shop.requests).toEqual([])
})

test.each([
  { status: 'pending', heading: 'We have your order', refreshes: true },
  { status: 'reserved', heading: 'Your goods are set aside', refreshes: true },
  { status: 'paid', heading: 'Thank you, it is yours', refreshes: true },
  { status: 'fulfilled', heading: 'Thank you, it is yours', refreshes: false },
  { status: 'cancelled', heading: 'This order was cancelled', refreshes: false },
  { status: 'refunded', heading: 'You have your money back', refreshes: false },
  { status: 'rejected', heading: 'This order was not accepted', refreshes: false },
  { status: 'sent_back', heading: 'Your order is sent back', refreshes: false },
])('the page of an order that is $status says so', async ({ status, heading, refreshes }) => {
  const items = [{ product_id: 7, quantity: 2, name: null, price: null }]
  const body = { id: 31, status, reason: null, items, total: null, email: form.email, address: 'secret lane' }
  await using shop = await openStorefront({ 'GET /api/orders/31': { body } })
  const { text } = await shop.http.get('/orders/31')
  expect(text).toContain(heading)
  expect(text.includes('http-equiv="refresh"')).toBe(refreshes)
  expect(text).not.toMatch(/nuala|secret lane/)
  expect((await shop.http.get('/orders/31/status')).body).toEqual({ status })
})

test('an order page without an order is 404', async () => {
  await using shop = await openStorefront()
  for (const path of ['/orders/9', '/orders/x', '/orders/-1', '/orders/9999999999999999999']) {
    expect((await shop.http.get(path).set('cookie', signedIn('customer'))).status).toBe(404)
  }
})
