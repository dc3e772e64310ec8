import { expect, test } from 'vitest'
import type { Cell } from './cell.ts'
import type { Outcome } from './outcome.ts'
import { judge, observed } from './verdict.ts'

const cell = (expected: Outcome, ...answers: string[]): Cell => ({
  id: 'a → b 192.0.2.1 tcp/1',
  from: 'a',
  to: 'b',
  at: '192.0.2.1 tcp/1',
  probe: 'tcp/192.0.2.1/1',
  expected,
  why: 'a test',
  counters: [],
  answers,
})
const attempts = (...outcomes: Outcome[]) => outcomes.map((outcome) => ({ outcome, milliseconds: 1, detail: 'said' }))

test('a denied cell is right when every attempt is dropped', () => {
  expect(judge(cell('dropped'), attempts('dropped', 'dropped', 'dropped')).problems).toEqual([])
})

test.each<{ why: string; expected: Outcome; found: Outcome[] }>([
  { why: 'one of three got through', expected: 'dropped', found: ['dropped', 'open', 'dropped'] },
  { why: 'it was refused, so the packet arrived', expected: 'dropped', found: ['refused'] },
  { why: 'nobody has the address', expected: 'dropped', found: ['no-host'] },
  { why: 'the probe failed', expected: 'dropped', found: ['probe-error'] },
  { why: 'nothing was tried', expected: 'dropped', found: [] },
  { why: 'an edge is closed', expected: 'open', found: ['dropped'] },
  { why: 'inconclusive is never expected', expected: 'probe-error', found: ['probe-error'] },
])('a cell is wrong when $why', ({ expected, found }) => {
  const verdict = judge(cell(expected), attempts(...found))
  expect(verdict.problems).not.toEqual([])
})

test('an allowed cell must be answered by the target itself', () => {
  expect(judge(cell('open', 'nonce'), attempts('open')).problems).toEqual([
    'expected the answer "nonce", but found "said"',
  ])
  expect(judge(cell('open', 'said', 'or this'), attempts('open')).problems).toEqual([])
})

test('what is shown is the worst attempt', () => {
  expect(observed(judge(cell('dropped'), attempts('dropped', 'open')))).toBe('open')
})
