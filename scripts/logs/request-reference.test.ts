import { expect, test } from 'vitest'
import { requestReference } from './request-reference.ts'

const id = '4bf92f3577b34da6a3ce929d0e0e4736'

test.each([
  { why: 'a request id', text: id },
  { why: 'a traceparent', text: `00-${id}-00f067aa0ba902b7-01` },
  { why: 'capitals and space around it', text: ` ${id.toUpperCase()}\n` },
])('$why leads to its digits', ({ text }) => {
  expect(requestReference(text)).toBe(id)
})

test.each([undefined, '', 'abc', `${id}0`, `00-${id}`.slice(0, -1), `${id}; rm`])(
  '%j is refused with the usage',
  (text) => {
    expect(() => requestReference(text)).toThrow(
      expect.objectContaining({ next: expect.stringContaining('--request') }),
    )
  },
)
