import { expect, test } from 'vitest'
import { sample } from './seeded-sample.ts'

const list = Array.from({ length: 50 }, (_, index) => index)

test('one seed, one sample, in the order of the list', () => {
  const drawn = sample(list, 8, 42)
  expect(drawn).toEqual(sample(list, 8, 42))
  expect(drawn).toHaveLength(8)
  expect(drawn).toEqual(drawn.toSorted((a, b) => a - b))
})

test('seeds differ, and no item is always left out', () => {
  const seen = new Set(Array.from({ length: 60 }, (_, seed) => sample(list, 8, seed)).flat())
  expect(seen.size).toBe(50)
})

test('more than there are is all of them', () => expect(sample(list, 99, 1)).toEqual(list))
