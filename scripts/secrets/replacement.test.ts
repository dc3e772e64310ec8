import { expect, test } from 'vitest'
import { linesAfter } from './replacement.ts'

test.each([
  { step: 'offer', from: 'old', to: 'old\nnew' },
  { step: 'offer', from: 'old\nnew', to: 'old\nnew' },
  { step: 'offer', from: 'new\nold', to: 'new\nold' },
  { step: 'offer', from: 'new', to: 'new' },
  { step: 'use', from: 'old\nnew', to: 'new\nold' },
  { step: 'use', from: 'new\nold', to: 'new\nold' },
  { step: 'use', from: 'new', to: 'new' },
  { step: 'retire', from: 'new\nold', to: 'new' },
  { step: 'retire', from: 'new', to: 'new' },
] as const)('$step, where there is "$from"', ({ step, from, to }) => {
  expect(linesAfter(step, from, 'new')).toBe(to)
})
