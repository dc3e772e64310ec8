import { expect, test } from 'vitest'
import { costOf } from './cost.ts'

test('what is lost is the mean of the pairs, so that a machine that gets slower meanwhile takes nothing from either', () => {
  const pairs = [
    { with: 900, without: 1_000 },
    { with: 400, without: 500 },
    { with: 70, without: 100 },
  ]
  const { error, ...cost } = costOf(pairs)
  expect(cost).toEqual({ with: 400, without: 500, lost: expect.closeTo(0.2), rounds: 3 })
  expect(error).toBeCloseTo(0.1 / Math.sqrt(3))
})
