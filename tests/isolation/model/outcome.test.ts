import { expect, test } from 'vitest'
import { readAttempts } from './outcome.ts'

const outcomeOf = (printed: string, nonce = 'n1', ids = ['a']) => readAttempts(printed, nonce, ids).get('a')?.outcome

test('a complete answer is read', () => {
  const printed = 'a\tdropped\t3600\tnothing within 3.6 s\nend\tn1\t1\n'
  expect(readAttempts(printed, 'n1', ['a'])).toEqual(
    new Map([['a', { outcome: 'dropped', milliseconds: 3600, detail: 'nothing within 3.6 s' }]]),
  )
})

test.each([
  { why: 'nothing was printed', printed: '' },
  { why: 'the last line is missing', printed: 'a\tdropped\t3600\t\n' },
  { why: 'the nonce is of another run', printed: 'a\tdropped\t3600\t\nend\tn0\t1\n' },
  { why: 'fewer jobs ran than were asked for', printed: 'a\tdropped\t3600\t\nend\tn1\t0\n' },
  { why: 'the attempt has no line', printed: 'end\tn1\t1\n' },
  { why: 'the attempt has two lines', printed: 'a\tdropped\t1\t\na\topen\t1\t\nend\tn1\t1\n' },
  { why: 'the outcome is no outcome', printed: 'a\tfine\t1\t\nend\tn1\t1\n' },
  { why: 'the interpreter failed', printed: 'Can’t locate Socket.pm\n' },
])('when $why it is a probe-error, never a denial', ({ printed }) => {
  expect(outcomeOf(printed)).toBe('probe-error')
})
