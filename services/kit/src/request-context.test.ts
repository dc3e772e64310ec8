import { expect, test } from 'vitest'
import { contextFrom, contextHeaders, runInContext } from './request-context.ts'

const requestId = '0af7651916cd43dd8448eb211c80319c'
const traceparent = `00-${requestId}-b7ad6b7169203331-01`

test('a valid trace is continued with a span of our own', () => {
  const context = contextFrom({ 'x-request-id': requestId, traceparent })
  expect(context.requestId).toBe(requestId)
  expect(context.traceparent).toMatch(new RegExp(`^00-${requestId}-[0-9a-f]{16}-01$`))
  expect(context.traceparent).not.toBe(traceparent)
})

test.each([
  { why: 'no header', headers: {} },
  { why: 'a request id that is text', headers: { 'x-request-id': 'DROP TABLE\n' } },
  { why: 'an all-zero trace', headers: { traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` } },
  { why: 'a trace of another version', headers: { traceparent: traceparent.replace('00-', 'ff-') } },
])('$why starts a new trace', ({ headers }) => {
  const context = contextFrom(headers)
  expect(context.requestId).toMatch(/^[0-9a-f]{32}$/)
  expect(context.traceparent).toMatch(new RegExp(`^00-${context.requestId}-[0-9a-f]{16}-01$`))
})

test('the context reaches calls made inside it and nothing outside', async () => {
  const context = contextFrom({ 'x-request-id': requestId })
  await runInContext(context, async () => {
    await new Promise((resolve) => setImmediate(resolve))
    expect(contextHeaders()).toEqual({ 'x-request-id': requestId, traceparent: context.traceparent })
  })
  expect(contextHeaders()).toEqual({})
})
