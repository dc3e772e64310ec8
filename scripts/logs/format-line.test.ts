import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { formatLine } from './format-line.ts'

const plain = new PassThrough()
const base = { time: '2026-11-21T18:00:00.123Z', service: 'api-gateway', level: 'info', msg: 'request' }

test('a request shows how it ended', () => {
  const line = { ...base, method: 'GET', path: '/api/products/1', status: 200, ms: 1.5 }
  expect(formatLine(line, plain)).toBe('18:00:00.123  api-gateway   info   request  GET  /api/products/1  200  1.5 ms')
})

test.each([
  { fields: { cache: 'stale', waf: 'off' }, shown: '  cache stale' },
  { fields: { cache: 'none', waf: 'passed' }, shown: '' },
  { fields: { cache: 'none', waf: 'blocked' }, shown: '  WAF blocked' },
])('$fields of nginx is shown as "$shown"', ({ fields, shown }) => {
  const line = { ...base, service: 'nginx', method: 'GET', path: '/', status: 200, ms: 1, ...fields }
  expect(formatLine(line, plain)).toBe(`18:00:00.123  nginx         info   request  GET  /  200  1 ms${shown}`)
})

test('a failure brings its stack', () => {
  const line = { ...base, level: 'error', msg: 'Internal error', err: { stack: 'Error: no\n    at here' } }
  expect(formatLine(line, plain)).toBe(
    '18:00:00.123  api-gateway   error  Internal error\n    Error: no\n        at here',
  )
})

test('escape sequences in a path reach no terminal', () => {
  expect(formatLine({ ...base, path: '/\x1b[2J' }, plain)).toContain('/\\u001b[2J')
})
