import { brotliCompressSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { request, sendRaw } from './raw.ts'

const json = 'Content-Type: application/json'
const form = 'Content-Type: application/x-www-form-urlencoded'

const bodyOf = (text: string | Buffer, line: string, ...headers: string[]) =>
  request(line, ...headers, `Content-Length: ${text.length}`) + text.toString('latin1')
const chunked = (text: string, line: string, ...headers: string[]) =>
  `${request(line, ...headers, 'Transfer-Encoding: chunked')}${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`

/** Ten megabytes in ten kilobytes or less. */
const bomb = Buffer.from(`{"name":"${'x'.repeat(10_000_000)}"}`)
const order = '{"product_id":1,"quantity":1}'

test.each([
  { what: 'an address of 9 kB', bytes: request(`GET /api/products?q=${'x'.repeat(9_000)}`), status: 414 },
  { what: 'an address of 1 MB', bytes: request(`GET /${'x'.repeat(1_000_000)}`), status: 414 },
  { what: 'a header of 9 kB', bytes: request('GET /', `X-Long: ${'x'.repeat(9_000)}`), status: 431 },
  { what: 'a header whose name has 9 kB', bytes: request('GET /', `${'X'.repeat(9_000)}: x`), status: 431 },
  { what: 'a cookie of 9 kB', bytes: request('GET /', `Cookie: a=${'x'.repeat(9_000)}`), status: 431 },
  {
    what: 'five thousand headers',
    bytes: request('GET /', ...Array.from({ length: 5_000 }, (_, n) => `X-${n}: x`)),
    status: 431,
  },
  { what: 'a body of 65 kB', bytes: bodyOf('x'.repeat(66_000), 'POST /api/orders', json), status: 413 },
  {
    what: 'a body that says it has 1 TB',
    bytes: request('POST /api/orders', json, 'Content-Length: 1000000000000'),
    status: 413,
  },
  { what: 'a body of 65 kB in a chunk', bytes: chunked('x'.repeat(66_000), 'POST /api/orders', json), status: 413 },
  { what: 'a form of 65 kB', bytes: bodyOf('x'.repeat(66_000), 'POST /basket/items', form), status: 413 },
  {
    what: 'a body that unfolds',
    bytes: bodyOf(gzipSync(bomb), 'POST /api/products', json, 'Content-Encoding: gzip'),
    status: 415,
  },
  {
    what: 'a body that unfolds further',
    bytes: bodyOf(brotliCompressSync(bomb), 'POST /api/products', json, 'Content-Encoding: br'),
    status: 415,
  },
  {
    what: 'a harmless body that is compressed',
    bytes: bodyOf(gzipSync(order), 'POST /api/orders', json, 'Content-Encoding: gzip'),
    status: 415,
  },
  {
    what: 'a body nested a thousand times',
    bytes: bodyOf('['.repeat(1_000) + ']'.repeat(1_000), 'POST /api/orders', json),
    status: 400,
  },
])('$what is answered $status, as every error is', async ({ bytes, status }) => {
  const { answers } = await sendRaw(bytes, 3_000)
  expect(answers.map((answer) => answer.status)).toEqual([status])
  const headers = new Map(answers[0]?.headers)
  expect(headers.get('content-type')).toMatch(/^application\/json/)
  expect(JSON.parse(answers[0]?.body ?? '')).toEqual({
    error: expect.any(String),
    requestId: headers.get('x-request-id'),
  })
})

test('a form that unfolds is answered 415, with a page', async () => {
  const bytes = bodyOf(gzipSync(bomb), 'POST /basket/items', form, 'Content-Encoding: gzip')
  expect((await sendRaw(bytes, 3_000)).answers).toMatchObject([{ status: 415 }])
})

test('the longest address, header and body that are allowed are taken', async () => {
  const longAddress = await sendRaw(request(`GET /api/products?q=${'x'.repeat(8_000)}`), 3_000)
  expect(longAddress.answers.map(({ status }) => status)).toEqual([400])
  const longHeader = await sendRaw(request('GET /api/health', `X-Long: ${'x'.repeat(8_000)}`), 3_000)
  expect(longHeader.answers.map(({ status }) => status)).toEqual([200])
  const longBody = await sendRaw(bodyOf(order + ' '.repeat(65_000), 'POST /api/orders', json), 3_000)
  expect(longBody.answers.map(({ status }) => status)).toEqual([201])
})

test('a file is sent once, however many parts of it are asked for', async () => {
  const parts = Array.from({ length: 1_000 }, (_, n) => `0-${n % 100}`).join()
  for (const path of ['/unavailable.css', '/favicon.svg']) {
    const whole = await sendRaw(request(`GET ${path}`), 3_000)
    const inParts = await sendRaw(request(`GET ${path}`, `Range: bytes=${parts}`), 3_000)
    expect([200, 206]).toContain(inParts.answers[0]?.status)
    expect(inParts.answers[0]?.body.length).toBeLessThanOrEqual(whole.answers[0]?.body.length ?? 0)
  }
})

test('a thousand requests in one write are answered one after the other', async () => {
  const one = 'GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n'
  const { answers } = await sendRaw(one.repeat(1_000), 3_000)
  expect(answers).toHaveLength(1_000)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
})
