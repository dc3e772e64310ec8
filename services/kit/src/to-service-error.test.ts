import Joi from 'joi'
import pg from 'pg'
import { expect, test } from 'vitest'
import { codeFor, ServiceError, statusOf } from './service-error.ts'
import { toServiceError } from './to-service-error.ts'

const withCode = (code: string) => Object.assign(new pg.DatabaseError('relation', 0, 'error'), { code })

test.each([
  { why: 'our own error', thrown: new ServiceError('conflict', 'no'), status: 409 },
  { why: 'a failed validation', thrown: Joi.number().validate('x').error, status: 400 },
  { why: 'a refused connection', thrown: Object.assign(new Error(), { code: 'ECONNREFUSED' }), status: 503 },
  { why: 'a database that shuts down', thrown: withCode('57P01'), status: 503 },
  { why: 'a lost connection', thrown: new Error('Connection terminated unexpectedly'), status: 503 },
  { why: 'a statement that took too long', thrown: withCode('57014'), status: 503 },
  { why: 'a violated constraint, which validation should have caught', thrown: withCode('23514'), status: 500 },
  { why: 'a missing table', thrown: withCode('42P01'), status: 500 },
  { why: 'a status that is no error', thrown: Object.assign(new Error(), { status: 200 }), status: 500 },
  { why: 'something that is not an error', thrown: undefined, status: 500 },
])('$why is $status', ({ thrown, status }) => {
  expect(toServiceError(thrown).status).toBe(status)
})

test('unavailable always says when to come back', () => {
  expect(toServiceError(withCode('57P01')).headers).toEqual({ 'retry-after': '2' })
})

test('each status that one service answers keeps its meaning in the next', () => {
  for (const [code, status] of Object.entries(statusOf)) expect(codeFor(status)).toBe(code)
  expect([codeFor(502), codeFor(418)]).toEqual(['unavailable', 'internal'])
})
