import { expect, test } from 'vitest'
import { formToken, openStorefront } from '../test/storefront.ts'

const forms = [
  '/basket/items',
  '/basket/items/7',
  '/basket/items/7/remove',
  '/checkout',
  '/sign-in',
  '/register',
  '/account/sign-out',
  '/staff/products',
  '/staff/products/7',
  '/staff/products/7/delete',
  '/staff/orders/7/refund',
]

test.each(forms)('%s takes no form without the token of the browser', async (path) => {
  await using shop = await openStorefront()
  const other = 'another-twenty-two-let'
  for (const { cookie, csrf } of [
    { cookie: '', csrf: undefined },
    { cookie: '', csrf: formToken },
    { cookie: `__Host-csrf=${formToken}`, csrf: undefined },
    { cookie: `__Host-csrf=${formToken}`, csrf: other },
    { cookie: `__Host-csrf=${formToken}`, csrf: `${formToken}x` },
    { cookie: `__Host-csrf=${formToken}`, csrf: [formToken, formToken] },
    { cookie: `csrf=${formToken}`, csrf: formToken },
    { cookie: '__Host-csrf=', csrf: '' },
  ]) {
    const answer = await shop.http.post(path).set('cookie', cookie).type('form').send({ csrf })
    expect(answer.status, JSON.stringify({ cookie, csrf })).toBe(403)
  }
  expect(shop.requests).toEqual([])
})

test('a browser is given a token of its own, which every form of every page has', async () => {
  await using shop = await openStorefront()
  const first = await shop.http.get('/')
  const [cookie] = first.get('set-cookie') ?? []
  expect(cookie).toMatch(/^__Host-csrf=[A-Za-z0-9_-]{22}; Path=\/; Secure; HttpOnly; SameSite=Strict$/)
  const token = /=([^;]+)/.exec(cookie ?? '')?.[1] as string
  expect((await shop.http.get('/')).get('set-cookie')?.[0]).not.toContain(token)

  for (const path of ['/', '/products/7', '/basket', '/checkout', '/sign-in', '/register']) {
    const { text, headers } = await shop.http.get(path).set('cookie', `basket=7-1; __Host-csrf=${token}`)
    const sending = text.split('<form').filter((form) => form.includes('method="post"'))
    expect(sending.length).toBeGreaterThan(0)
    for (const form of sending) expect(form).toContain(`name="csrf" value="${token}"`)
    expect(headers['set-cookie']).toBeUndefined()
  }
})

test('a form that has grown old comes back to be sent again, with what was typed but for the password', async () => {
  await using shop = await openStorefront()
  const fields = {
    email: `O'Brien "x" <y>`,
    password: 'correct horse',
    csrf: 'from-before-signing-in',
    next: '/basket',
  }
  const { status, text, headers } = await shop.http.post('/sign-in').type('form').send(fields)
  expect(status).toBe(403)
  expect(text).toContain('Please send that once more')
  expect(text).toContain('action="/sign-in"')
  expect(text).toContain('name="email" value="O&#x27;Brien &quot;x&quot; &lt;y&gt;"')
  expect(text).toContain('name="next" value="/basket"')
  expect(text).not.toMatch(/correct horse|from-before/)
  const token = /__Host-csrf=([^;]+)/.exec(String(headers['set-cookie']))?.[1]
  expect(text).toContain(`name="csrf" value="${token}"`)
})

test('the script is told so by its status, and sends the form the ordinary way', async () => {
  await using shop = await openStorefront()
  const answer = await shop.http.post('/basket/items').set('accept', 'application/json').type('form').send({})
  expect(answer).toMatchObject({ status: 403, body: { error: 'This form is out of date' } })
})
