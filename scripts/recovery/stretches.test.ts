import { expect, test } from 'vitest'
import type { Base } from './repository.ts'
import { baseFor, commonRanges } from './stretches.ts'

const base = (completed: number): Base => ({
  ...{ label: String(completed), isFull: true, history: '17-1', firstSegment: '', lastSegment: '' },
  ...{ completed, auditKey: undefined },
})
/** Two base backups, then a gap, then a third. */
const stretches = [
  { bases: [base(10), base(20)], until: 30 },
  { bases: [base(40)], until: 50 },
]

test.each([
  { moment: 9, label: undefined, why: 'before the first' },
  { moment: 10, label: '10', why: 'as the first is completed' },
  { moment: 25, label: '20', why: 'behind two, from the newer' },
  { moment: 30, label: undefined, why: 'in the gap' },
  { moment: 45, label: '40', why: 'behind the gap' },
  { moment: 50, label: undefined, why: 'behind the end' },
])('the moment $moment, $why, is reached from $label', ({ moment, label }) => {
  expect(baseFor(moment, stretches)?.label).toBe(label)
})

test('a moment has to be in reach of all databases', () => {
  const others = [{ bases: [base(15)], until: 45 }]
  expect(commonRanges([stretches, others])).toEqual([
    { from: 15, until: 30 },
    { from: 40, until: 45 },
  ])
  expect(commonRanges([stretches, []])).toEqual([])
})
