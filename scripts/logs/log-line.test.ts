import { expect, test } from 'vitest'
import { inOrder, lineOf } from './log-line.ts'

const id = '4bf92f3577b34da6a3ce929d0e0e4736'
const other = '0af7651916cd43dd8448eb211c80319c'
const line = (fields: object) => JSON.stringify({ time: '2026-11-21T18:00:00.000Z', ...fields })

test.each([
  { why: 'its request id', text: line({ requestId: id }), found: true },
  { why: 'its trace', text: line({ requestId: other, traceparent: `00-${id}-00f067aa0ba902b7-01` }), found: true },
  { why: 'only a mention', text: line({ requestId: other, msg: `see ${id}` }), found: false },
  { why: 'another request', text: line({ requestId: other }), found: false },
  { why: 'text that is not JSON', text: `starting ${id}`, found: false },
  { why: 'JSON that is no object', text: JSON.stringify(id), found: false },
])('a line with $why belongs to the request: $found', ({ text, found }) => {
  expect(lineOf(id, text) !== undefined).toBe(found)
})

test('lines of all services are merged by time, inner hops first', () => {
  const at = (ms: number) => `2026-11-21T18:00:00.${String(ms).padStart(3, '0')}Z`
  const lines = [
    { service: 'nginx', time: at(30), ms: 9 },
    { service: 'api-gateway', time: at(30), ms: 7.5 },
    { service: 'product-api', time: at(29), ms: 3 },
    { service: 'order-api', time: at(8) },
  ]
  expect(inOrder(lines).map(({ service }) => service)).toEqual(['order-api', 'product-api', 'api-gateway', 'nginx'])
})
