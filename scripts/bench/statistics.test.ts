import { expect, test } from 'vitest'
import { median } from './statistics.ts'

test.each([
  { why: 'an odd number of values', values: [3, 1, 2], middle: 2 },
  { why: 'an even number of values', values: [4, 1, 3, 2], middle: 2.5 },
  { why: 'one value', values: [7], middle: 7 },
  { why: 'no values', values: [], middle: Number.NaN },
])('the median of $why is $middle', ({ values, middle }) => {
  expect(median(values)).toBe(middle)
})
