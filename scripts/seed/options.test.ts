import { expect, test } from 'vitest'
import { wantedProducts } from './options.ts'

test.each([
  { args: ['--products', '100000'], count: 100_000 },
  { args: ['--products=1'], count: 1 },
  { args: ['--remove'], count: 0 },
])('$args asks for $count generated products', ({ args, count }) => {
  expect(wantedProducts(args)).toBe(count)
})

test.each([
  { why: 'nothing asked', args: [] },
  { why: 'both asked', args: ['--products', '5', '--remove'] },
  { why: 'no number', args: ['--products', 'many'] },
  { why: 'zero', args: ['--products', '0'] },
  { why: 'SQL', args: ['--products', '1;drop'] },
  { why: 'too many', args: ['--products', '1000001'] },
  { why: 'an unknown option', args: ['--product', '5'] },
])('$why is refused with the usage', ({ args }) => {
  expect(() => wantedProducts(args)).toThrow(expect.objectContaining({ next: expect.stringContaining('npm run seed') }))
})
