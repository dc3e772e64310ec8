import { expect, test } from 'vitest'
import { stack } from '../stack.ts'

const json = 'application/json'
const product = (fields: string) => `{"name":"x","price":1,"stock":1,${fields}}`

/** What must never be in an answer: stack traces, SQL, paths, addresses and names of the inside. */
const inside =
  /\bat .+:\d+:\d+|select .+ from|insert into|node_modules|\/app\/|\/srv\/|172\.\d+\.\d+\.\d+|(product|order|payment)-(api|db)|ECONN|SQLSTATE/i

type Case = { why: string; method?: string; path?: string; type?: string; body?: string; status: number }

const cases: Case[] = [
  { why: 'malformed JSON', body: '{"name":', status: 400 },
  { why: 'a form instead of JSON', type: 'application/x-www-form-urlencoded', body: 'name=x', status: 415 },
  { why: 'no content type', type: '', body: '{}', status: 415 },
  { why: 'an unknown field', body: product('"admin":true'), status: 400 },
  { why: 'a body of 10 MB', body: `{"name":"${'x'.repeat(10_000_000)}"}`, status: 413 },
  { why: 'a body of 65 kB', body: `{"name":"${'x'.repeat(65_536)}"}`, status: 413 },
  { why: 'deep JSON', body: '['.repeat(30_000) + ']'.repeat(30_000), status: 400 },
  { why: '__proto__', body: product('"__proto__":{"admin":true}'), status: 400 },
  { why: 'a NUL byte in a name', body: '{"name":"a\\u0000b","price":1,"stock":1}', status: 400 },
  { why: 'a price of 0.001', body: '{"name":"x","price":0.001,"stock":1}', status: 400 },
  { why: 'a price of 1e309', body: '{"name":"x","price":1e309,"stock":1}', status: 400 },
  { why: 'a quantity of 0', path: '/api/orders', body: '{"product_id":1,"quantity":0}', status: 400 },
  { why: 'a quantity of 1e9', path: '/api/orders', body: '{"product_id":1,"quantity":1e9}', status: 400 },
  ...['1;drop', '9999999999999999999', '-1', '0', '%00', '%27'].map((id) => ({
    why: `the id ${id}`,
    method: 'GET',
    path: `/api/products/${id}`,
    status: 400,
  })),
  { why: 'an encoded slash', method: 'GET', path: '/api/products/1%2f2', status: 404 },
  { why: 'a way up', method: 'GET', path: '/api/products/..%2f1', status: 404 },
  { why: 'an unknown route', method: 'GET', path: '/api/users', status: 404 },
  { why: 'an unknown method', method: 'PUT', path: '/api/products/1', status: 405 },
  { why: 'an unknown filter', method: 'GET', path: '/api/products?colour=red', status: 400 },
  { why: 'a NUL byte in a filter', method: 'GET', path: '/api/products?q=%00', status: 400 },
]

test.each(cases)(
  '$why is answered $status as JSON, with nothing of the inside',
  async ({ method = 'POST', path = '/api/products', type = json, body, status }) => {
    const answer = await fetch(stack.url + path, {
      method,
      headers: type ? { 'content-type': type } : {},
      ...(body !== undefined && { body: Buffer.from(body) }),
    })
    const text = await answer.text()
    expect({ status: answer.status, text }).toMatchObject({ status })
    expect(answer.headers.get('content-type')).toMatch(/^application\/json(; charset=utf-8)?$/)
    expect(JSON.parse(text)).toMatchObject({ error: expect.any(String), requestId: answer.headers.get('x-request-id') })
    expect(text).not.toMatch(inside)
  },
)

test.each([
  '/internal/stock/0b0e9e0a-6d5e-4b59-9f0e-1c1f7c2f0a11',
  '/api/../internal/stock/x',
  '/api/%2e%2e/internal/stock/x',
  '//internal/stock/x',
  '/%69nternal/stock/x',
])('the internal route %s is not reached from outside', async (path) => {
  const answer = await fetch(stack.url + path, { method: 'DELETE', headers: { 'x-api-key': 'guess' } })
  // What nginx leaves to the storefront, which takes nothing but forms, is 415.
  expect([400, 403, 404, 405, 415]).toContain(answer.status)
  expect(await answer.text()).not.toMatch(/for other services|your certificate/)
})
