import { expect, test, vi } from 'vitest'
import type { Answers } from '../test/fake-gateway.ts'
import { accessToken, newTokens, openStorefront, signedIn } from '../test/storefront.ts'

const ada = { id: 'a', email: 'ada@example.com', name: 'Ada', role: 'customer' }
const credentials = { email: 'ada@example.com', password: 'correct horse battery' }
const login = { 'POST /api/auth/login': { body: newTokens('customer') } }
const refresh = { 'POST /api/auth/refresh': { body: newTokens('customer') } }
const refused = { status: 401, body: { error: 'The refresh token is not valid' } }
const cookiesOf = ({ headers }: { headers: object }) => String((headers as Record<string, unknown>)['set-cookie'])

test('who signs in gets tokens in cookies, a new token for forms, and goes where they wanted', async () => {
  await using shop = await openStorefront(login)
  const answer = await shop.post('/sign-in', { ...credentials, next: '/orders/3' }, 'basket=7-1')
  expect(answer).toMatchObject({
    status: 303,
    headers: { location: '/orders/3', 'cache-control': 'private, no-store' },
  })
  const attributes = 'Secure; HttpOnly; SameSite=Lax'
  expect(answer.get('set-cookie')).toEqual([
    `__Host-access=${accessToken('customer', 599)}; Path=/; Max-Age=600; ${attributes}`,
    `__Host-refresh=new-refresh-token; Path=/; Max-Age=2592000; ${attributes}`,
    expect.stringMatching(/^__Host-csrf=.*SameSite=Strict$/),
  ])
  expect(shop.requests).toMatchObject([{ path: '/api/auth/login', body: credentials }])
})

test('nobody is led out of the shop', async () => {
  await using shop = await openStorefront(login)
  for (const next of ['//evil.example', 'https://evil.example/', '/\\evil.example', '']) {
    expect((await shop.post('/sign-in', { ...credentials, next })).headers.location).toBe('/account')
    const { text } = await shop.http.get('/sign-in').query({ next })
    expect(text).toContain('name="next" value="/account"')
  }
  const here = await shop.http.get('/sign-in?next=//evil.example').set('cookie', signedIn('customer'))
  expect(here).toMatchObject({ status: 303, headers: { location: '/account' } })
})

test.each([
  {
    why: 'a wrong password',
    answer: { status: 401, body: { error: 'E-mail or password is wrong' } },
    shown: 'The e-mail address or the password is wrong.',
    headers: { 'www-authenticate': 'Bearer realm="secure-ecommerce"' },
  },
  {
    why: 'too many attempts',
    answer: { status: 429, headers: { 'retry-after': '840' }, body: { error: 'Too many attempts; try again later' } },
    shown: 'Please try again in 14 minutes.',
    headers: { 'retry-after': '840' },
  },
  {
    why: 'a shop that does not answer',
    answer: { status: 503, body: { error: 'The order service is not available' } },
    shown: 'The shop cannot look that up at the moment.',
    headers: { 'retry-after': '2' },
  },
])('after $why the form says so and has the e-mail still', async ({ answer, shown, headers }) => {
  await using shop = await openStorefront({ 'POST /api/auth/login': answer })
  const { status, text, ...rest } = await shop.post('/sign-in', credentials)
  expect(status).toBe(answer.status)
  expect(rest.headers).toMatchObject(headers)
  expect(text).toContain(shown)
  expect(text).toContain('value="ada@example.com"')
  expect(text).not.toContain(credentials.password)
})

test('what is missing is told beside its field, and nobody is asked', async () => {
  await using shop = await openStorefront()
  const { status, text } = await shop.post('/sign-in', { email: 'ada@', password: '' })
  expect(status).toBe(422)
  expect(text).toContain('id="email-error">Enter an e-mail address such as name@example.com')
  expect(text).toContain('href="#password">Enter your password')
  expect(shop.requests).toEqual([])
})

test('who registers is signed in at once', async () => {
  await using shop = await openStorefront({ 'POST /api/auth/register': { status: 201, body: ada }, ...login })
  const answer = await shop.post('/register', { ...credentials, name: 'Ada', next: '/checkout' })
  expect(answer).toMatchObject({ status: 303, headers: { location: '/checkout' } })
  expect(cookiesOf(answer)).toContain('__Host-refresh=new-refresh-token')
  expect(shop.requests.map(({ path, body }) => [path, body])).toEqual([
    ['/api/auth/register', { ...credentials, name: 'Ada' }],
    ['/api/auth/login', credentials],
  ])
})

test.each([
  {
    answer: { status: 409, body: { error: 'There is an account with this e-mail' } },
    shown: 'id="email-error">There is an account with this e-mail address already',
  },
  {
    answer: {
      status: 400,
      body: { error: 'Validation failed', details: ['password is among those that are guessed first'] },
    },
    shown: 'id="password-error">Your password is among those that are guessed first',
  },
])('a registration that is refused: $shown', async ({ answer, shown }) => {
  await using shop = await openStorefront({ 'POST /api/auth/register': answer })
  const { status, text } = await shop.post('/register', { ...credentials, name: "O'Brien" })
  expect(status).toBe(answer.status)
  expect(text).toContain(shown)
  expect(text).toContain('value="O&#x27;Brien"')
  expect(text).not.toContain(credentials.password)
})

test('who signs out is signed out at the shop, and keeps no token', async () => {
  await using shop = await openStorefront({ 'POST /api/auth/logout': { status: 204, body: undefined } })
  const answer = await shop.post('/account/sign-out', {}, signedIn('customer'))
  expect(answer).toMatchObject({ status: 303, headers: { location: '/' } })
  expect(shop.requests).toMatchObject([{ path: '/api/auth/logout', body: { refresh_token: 'old-refresh-token' } }])
  expect(cookiesOf(answer)).toMatch(/__Host-access=; Path=\/; Max-Age=0;.*__Host-refresh=; Path=\/; Max-Age=0;/)
  expect(cookiesOf(answer)).toContain('__Host-csrf=')
})

test.each([
  { who: undefined, links: ['/sign-in'] },
  { who: 'customer', links: ['/orders', '/account'] },
  { who: 'staff', links: ['/staff/orders', '/account'] },
  { who: 'admin', links: ['/staff/orders', '/account'] },
])('the header leads $who to $links', async ({ who, links }) => {
  await using shop = await openStorefront()
  const { text } = await shop.http.get('/').set('cookie', who ? signedIn(who) : '')
  const people = /<nav class="people".*?<\/nav>/.exec(text)?.[0] ?? ''
  expect([...people.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)).toEqual(links)
})

test('in the demo, which takes everybody for an admin, the staff area is open', async () => {
  await using shop = await openStorefront({
    'GET /api/auth/me': { body: { ...ada, id: 'demo', role: 'admin' } },
    'GET /api/orders': { body: { orders: [], next_cursor: null } },
  })
  const { status, text } = await shop.http.get('/staff/orders')
  expect(status).toBe(200)
  expect(text).toContain('href="/staff/orders"')
  expect(text).toContain('href="/sign-in"')
})

test('what guests are is not asked for each page', async () => {
  const me = vi.fn(() => ({ status: 401, body: { error: 'Sign in first' } }))
  await using shop = await openStorefront({ 'GET /api/auth/me': me })
  await Promise.all([shop.http.get('/'), shop.http.get('/'), shop.http.get('/products/7')])
  await shop.http.get('/')
  expect(me).toHaveBeenCalledTimes(1)
})

const mine: Answers = {
  'GET /api/auth/me': ({ headers }) =>
    headers.authorization === `Bearer ${accessToken('customer', 599)}` ? { body: ada } : refused,
}
const expired = [
  { why: 'is over', cookie: signedIn('customer', 20) },
  { why: 'has left the browser', cookie: '__Host-refresh=old-refresh-token' },
  { why: 'is none', cookie: '__Host-access=x.y.z; __Host-refresh=old-refresh-token' },
  { why: 'is not good any more before its time', cookie: signedIn('customer', 300) },
]

test.each(expired)('who has an access token that $why gets the page, and new tokens', async ({ cookie }) => {
  await using shop = await openStorefront({ ...mine, ...refresh })
  const answer = await shop.http.get('/account').set('cookie', cookie)
  expect(answer.status).toBe(200)
  expect(answer.text).toContain('ada@example.com')
  expect(answer.headers['cache-control']).toBe('private, no-store')
  expect(cookiesOf(answer)).toContain('__Host-refresh=new-refresh-token')
  const bodies = shop.requests.filter(({ path }) => path === '/api/auth/refresh').map(({ body }) => body)
  expect(bodies).toEqual([{ refresh_token: 'old-refresh-token' }])
})

test.each(expired)('an order whose access token $why is placed, once, as theirs', async ({ cookie }) => {
  const good = vi.fn(() => ({ status: 201, body: { id: 31, status: 'paid', reason: null, items: [], total: 98 } }))
  const fresh = `Bearer ${accessToken('customer', 599)}`
  await using shop = await openStorefront({
    ...refresh,
    'POST /api/orders': ({ headers }) => (headers.authorization === fresh ? good() : refused),
  })
  const form = { ...credentials, password: undefined, name: 'Ada', address: '1 Lane', payment_token: 'tok_visa' }
  const key = '4be0643f-1d98-473b-97cd-ca98a65347dd'
  const answer = await shop.post('/checkout', { ...form, idempotency_key: key }, `basket=7-2; ${cookie}`)
  expect(answer).toMatchObject({ status: 303, headers: { location: '/orders/31' } })
  expect(cookiesOf(answer)).toContain('__Host-refresh=new-refresh-token')
  expect(good).toHaveBeenCalledTimes(1)
})

test('tabs that come with the same old token are all served, and it is taken once', async () => {
  await using shop = await openStorefront({ ...mine, ...refresh })
  const open = () => shop.http.get('/account').set('cookie', '__Host-refresh=old-refresh-token')
  const answers = await Promise.all([open(), open(), open()])
  answers.push(await open())
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(shop.requests.filter(({ path }) => path === '/api/auth/refresh')).toHaveLength(1)
})

test('whose session is over is a guest again: the shop is open, their pages want them to sign in', async () => {
  await using shop = await openStorefront({ 'POST /api/auth/refresh': refused })
  const cookie = '__Host-access=x.y.z; __Host-refresh=stolen'
  const page = await shop.http.get('/products/7').set('cookie', cookie)
  expect(page.status).toBe(200)
  expect(page.text).toContain('href="/sign-in"')
  expect(cookiesOf(page)).toMatch(/__Host-access=;.*__Host-refresh=;/)
  for (const path of ['/account', '/orders?cursor=abc', '/staff/products/7', '/orders/31']) {
    const answer = await shop.http.get(path).set('cookie', cookie)
    const location = `/sign-in?next=${encodeURIComponent(path)}`
    expect([answer.status, answer.headers.location]).toEqual(
      path === '/orders?cursor=abc' ? [404, undefined] : [303, location],
    )
  }
})

test('while nobody can say whose session it is, it is kept, and the catalogue is open', async () => {
  await using shop = await openStorefront({
    'POST /api/auth/refresh': { status: 503, body: { error: 'The order service is not available' } },
    'GET /api/auth/me': refused,
  })
  const cookie = '__Host-refresh=old-refresh-token'
  const page = await shop.http.get('/products/7').set('cookie', cookie)
  expect(page.status).toBe(200)
  expect(page.text).toContain('href="/account"')
  const account = await shop.http.get('/account').set('cookie', cookie)
  expect(account.status).toBe(503)
  for (const answer of [page, account]) expect(cookiesOf(answer)).not.toContain('__Host-refresh')
})

test('a guest who orders is led to the order by its link, and the page is asked for by it', async () => {
  const key = 'AbCdEfGhIjKlMnOpQrStUv'
  const order = { id: 31, status: 'reserved', reason: null, items: [], total: 98 }
  await using shop = await openStorefront({
    'POST /api/orders': { status: 201, body: { ...order, follow: `/api/orders/31?key=${key}` } },
    'GET /api/orders/31': ({ path }) => (path.endsWith(`?key=${key}`) ? { body: order } : { status: 404, body: {} }),
  })
  const form = { name: 'Ada', email: ada.email, address: '1 Lane', payment_token: 'tok_visa' }
  const idempotency_key = '4be0643f-1d98-473b-97cd-ca98a65347dd'
  const answer = await shop.post('/checkout', { ...form, idempotency_key }, 'basket=7-2')
  expect(answer.headers.location).toBe(`/orders/31?key=${key}`)
  expect((await shop.http.get(`/orders/31?key=${key}`)).status).toBe(200)
  expect((await shop.http.get(`/orders/31/status?key=${key}`)).body).toEqual({ status: 'reserved' })
  expect((await shop.http.get(`/orders/31?key=${key.toLowerCase()}`)).status).toBe(404)
  expect((await shop.http.get('/orders/31?key=x&key=y')).headers.location).toContain('/sign-in')
})

test('own orders are listed a page at a time; to staff that is the list of all', async () => {
  const order = { id: 31, status: 'fulfilled', reason: null, items: [], total: 98, created_at: '2026-01-02T03:04:05Z' }
  await using shop = await openStorefront({ 'GET /api/orders': { body: { orders: [order], next_cursor: 'abc' } } })
  const { text } = await shop.http.get('/orders?cursor=xyz').set('cookie', signedIn('customer'))
  expect(text).toContain('href="/orders/31"')
  expect(text).toContain('€98.00')
  expect(text).toContain('href="/orders" rel="first"')
  expect(text).toContain('href="/orders?cursor=abc" rel="next"')
  expect(shop.requests).toMatchObject([
    { path: '/api/orders?limit=20&cursor=xyz', headers: { authorization: expect.stringMatching(/^Bearer /) } },
  ])
  const staff = await shop.http.get('/orders').set('cookie', signedIn('staff'))
  expect(staff.headers.location).toBe('/staff/orders')
})

test('at the checkout who is signed in need not type their name again', async () => {
  await using shop = await openStorefront({ 'GET /api/auth/me': { body: ada } })
  const { text } = await shop.http.get('/checkout').set('cookie', `basket=7-1; ${signedIn('customer')}`)
  expect(text).toContain('value="Ada"')
  expect(text).toContain('value="ada@example.com"')
})

test.each([
  { given: '203.0.113.7', believed: '203.0.113.7' },
  { given: '203.0.113.7, 10.0.0.1', believed: '127.0.0.1' },
  { given: 'somebody', believed: '127.0.0.1' },
])('the address $given, as nginx says it, is passed on as $believed', async ({ given, believed }) => {
  await using shop = await openStorefront(login)
  await shop.post('/sign-in', credentials).set('x-forwarded-for', given)
  await shop.http.get('/products/7').set('x-forwarded-for', given)
  const addresses = shop.requests.map(({ headers }) => String(headers['x-forwarded-for']).replace('::ffff:', ''))
  expect(addresses).toEqual([believed, believed, believed])
})

test('the catalogue is asked without a token, for one that is not good would close it', async () => {
  await using shop = await openStorefront()
  await shop.http.get('/products/7').set('cookie', signedIn('customer'))
  for (const { headers } of shop.requests) expect(headers.authorization).toBeUndefined()
})
