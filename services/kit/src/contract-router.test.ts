import Joi from 'joi'
import supertest from 'supertest'
import { expect, test } from 'vitest'
import { silentLog } from '../../../tests/unit/log.ts'
import { defineContract } from './contract.ts'
import { contractRouter } from './contract-router.ts'
import { createHttpApp } from './http-app.ts'
import { byId, line, paragraph } from './schema.ts'
import { ServiceError } from './service-error.ts'

type Note = { text: string; more?: string }

const contract = defineContract({
  read: {
    method: 'get',
    path: '/:id',
    summary: '',
    access: 'services',
    params: byId,
    success: { status: 200, description: '', body: Joi.object<{ id: number }>() },
  },
  write: {
    method: 'post',
    path: '/',
    summary: '',
    access: 'services',
    body: Joi.object<Note>({ text: line(100).required(), more: paragraph(100) }),
    success: { status: 201, description: '', body: Joi.object<Note>() },
  },
})

const app = createHttpApp({
  log: silentLog,
  ready: async () => {
    throw new Error('not yet: postgres://user:hunter2@172.22.0.23')
  },
  routes: {
    '/notes': contractRouter(contract, {
      async read({ params: { id } }) {
        if (id === 404) throw new ServiceError('not_found', 'No note 404')
        if (id === 500) throw new Error('select * from notes: password hunter2 is wrong')
        return { id }
      },
      write: async ({ body }) => body,
    }),
  },
})

const post = (body: string | Buffer, type = 'application/json') =>
  supertest(app).post('/notes').set('content-type', type).send(body)

test.each([
  "O'Brien",
  '北京 烤鸭',
  '👩‍🚀 emoji',
  'select * from users; --',
  '<script>alert(1)</script>',
  'naïve  spaces ',
])('the text %j comes back as it went in', async (text) => {
  const { status, body } = await post(JSON.stringify({ text, more: `${text}\n\t` }))
  expect({ status, body }).toEqual({ status: 201, body: { text, more: `${text}\n\t` } })
})

test.each([
  { why: 'malformed JSON', body: '{"text":', error: 'The body is not valid JSON' },
  { why: 'no body', body: '', error: 'Expected a JSON body, found none' },
  { why: 'an array', body: '[]', error: 'Validation failed' },
  { why: 'null', body: 'null', error: 'The body is not valid JSON' },
  { why: '__proto__', body: '{"text":"a","__proto__":{"admin":true}}', error: 'The body is not valid JSON' },
  {
    why: 'constructor.prototype',
    body: '{"text":"a","constructor":{"prototype":{}}}',
    error: 'The body is not valid JSON',
  },
  { why: 'deep JSON', body: `{"text":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, error: 'nested deeper than 8' },
  {
    why: 'an unknown field',
    body: '{"text":"a","role":"admin"}',
    error: 'Validation failed',
    detail: 'role is not allowed',
  },
  { why: 'a number for text', body: '{"text":7}', error: 'Validation failed', detail: 'text must be a string' },
  { why: 'a NUL byte', body: '{"text":"a\\u0000b"}', error: 'Validation failed' },
  { why: 'a lone surrogate', body: '{"text":"\\ud800"}', error: 'Validation failed' },
  { why: 'only spaces', body: '{"text":"   "}', error: 'Validation failed' },
])('a body with $why is 400', async ({ body, error, detail = '' }) => {
  const answer = await post(body)
  expect(answer.status).toBe(400)
  expect(answer.body.error).toContain(error)
  expect(answer.body.requestId).toBe(answer.headers['x-request-id'])
  expect(JSON.stringify(answer.body.details ?? '')).toContain(detail)
})

test('a body over 64 kB is 413', async () => {
  const answer = await post(JSON.stringify({ text: 'x'.repeat(10_000_000) }))
  expect({ status: answer.status, error: answer.body.error }).toEqual({
    status: 413,
    error: 'The body is larger than 64 kB',
  })
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', ''])(
  'the content type %j is 415 and named',
  async (type) => {
    const answer = await post('{"text":"a"}', type)
    expect(answer.status).toBe(415)
    expect(answer.body.error).toMatch(/^Expected Content-Type application\/json, found /)
  },
)

test.each(['1;drop', '9999999999999999999', '-1', '0', '1.5', 'NaN', '%00', '1e3x'])('the id %s is 400', async (id) => {
  const answer = await supertest(app).get(`/notes/${id}`)
  expect({ status: answer.status, error: answer.body.error }).toEqual({ status: 400, error: 'Validation failed' })
})

test.each([
  { why: 'an unknown query parameter', path: '/notes/1?expand=all', status: 400 },
  { why: 'a path that does not decode', path: '/notes/%zz', status: 400 },
  { why: 'what the handler says is missing', path: '/notes/404', status: 404 },
  { why: 'an unknown path', path: '/nothing', status: 404 },
  { why: 'a bug', path: '/notes/500', status: 500 },
])('$why is $status and says nothing of the inside', async ({ path, status }) => {
  const answer = await supertest(app).get(path)
  expect(answer.status).toBe(status)
  expect(Object.keys(answer.body).sort()).toEqual(expect.arrayContaining(['error', 'requestId']))
  expect(answer.text).not.toMatch(/hunter2|select|node_modules|\.ts:/)
})

test('another method on a known path is 405 and names the allowed ones', async () => {
  const answer = await supertest(app).put('/notes/1')
  expect({ status: answer.status, allow: answer.headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD' })
})

test('a service whose dependency is away lives but is not ready, and does not say why', async () => {
  expect((await supertest(app).get('/health')).body).toEqual({ status: 'healthy' })
  const ready = await supertest(app).get('/ready')
  expect({ status: ready.status, body: ready.body }).toEqual({
    status: 503,
    body: { status: 'unhealthy', error: 'Internal error' },
  })
})
