import Joi from 'joi'
import supertest from 'supertest'
import { expect, test } from 'vitest'
import { silentLog } from '../../../tests/unit/log.ts'
import { defineContract } from './contract.ts'
import { contractRouter } from './contract-router.ts'
import { createHttpApp } from './http-app.ts'
import { keptUntil } from './send-shared.ts'
import { ServiceError } from './service-error.ts'

const contract = defineContract({
  read: {
    method: 'get',
    path: '/',
    summary: '',
    access: 'services',
    query: Joi.object<{ id: number }>({ id: Joi.number().required() }),
    shared: true,
    success: { status: 200, description: '', body: Joi.object<{ id: number }>() },
  },
})

function appThatKeeps(seconds: number) {
  const read = async ({ query: { id } }: { query: { id: number } }) => {
    if (id === 404) throw new ServiceError('not_found', 'No note 404')
    return { id }
  }
  const routes = { '/notes': contractRouter(contract, { read }, undefined, seconds) }
  return supertest(createHttpApp({ log: silentLog, ready: async () => {}, routes }))
}

const app = appThatKeeps(1)

test.each([
  { at: 10_000, seconds: 1, until: 10 },
  { at: 10_999, seconds: 1, until: 10 },
  { at: 10_500, seconds: 5, until: 14 },
  { at: 10_500, seconds: 0, until: undefined },
])('read at $at ms and kept for $seconds s is good to the end of second $until', ({ at, seconds, until }) => {
  expect(keptUntil(at, seconds)).toBe(until)
})

test('an answer says how long nginx may keep it, before it says that others are to ask each time', async () => {
  const { status, headers, body } = await app.get('/notes?id=1')
  const names = Object.keys(headers)
  expect({ status, body }).toEqual({ status: 200, body: { id: 1 } })
  expect(Number(headers['x-accel-expires']?.slice(1))).toBeCloseTo(Date.now() / 1_000, -1)
  expect(headers['cache-control']).toBe('no-cache, stale-while-revalidate=1')
  expect(names.indexOf('x-accel-expires')).toBeLessThan(names.indexOf('cache-control'))
})

test('where nothing is kept there is still a validator', async () => {
  const { headers } = await appThatKeeps(0).get('/notes?id=1')
  expect(headers['x-accel-expires']).toBeUndefined()
  expect(headers).toMatchObject({ 'cache-control': 'no-cache', etag: expect.stringMatching(/^W\/"[\w-]{43}"$/) })
})

test('the validator is that of the content', async () => {
  const [one, again, other] = await Promise.all([1, 1, 2].map((id) => app.get(`/notes?id=${id}`)))
  expect(again?.headers.etag).toBe(one?.headers.etag)
  expect(other?.headers.etag).not.toBe(one?.headers.etag)
})

test('who has it is told so', async () => {
  const { etag } = (await app.get('/notes?id=1')).headers as { etag: string }
  for (const known of [etag, `"x", ${etag}`, '*']) {
    const answer = await app.get('/notes?id=1').set('if-none-match', known)
    expect({ known, status: answer.status, text: answer.text }).toEqual({ known, status: 304, text: '' })
    expect(answer.headers).toMatchObject({ etag, 'x-accel-expires': expect.stringMatching(/^@\d+$/) })
  }
  for (const known of ['"x"', etag.slice(0, -1), '']) {
    expect({ known, status: (await app.get('/notes?id=1').set('if-none-match', known)).status }).toEqual({
      known,
      status: 200,
    })
  }
})

test('an error is for who asked alone', async () => {
  const { status, headers } = await app.get('/notes?id=404')
  expect({ status, kept: headers['x-accel-expires'], etag: headers.etag }).toEqual({ status: 404 })
})
