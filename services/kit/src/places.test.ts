import { expect, test } from 'vitest'
import { createPlaces } from './places.ts'

test('there are as many places as were made, and one more when somebody leaves', () => {
  const places = createPlaces(2)
  expect([places.take(), places.take(), places.take()]).toEqual([true, true, false])
  places.leave()
  expect([places.take(), places.take()]).toEqual([true, false])
})

test('who takes up to a number leaves the places beyond it to others', () => {
  const places = createPlaces(2)
  expect([places.take(1), places.take(1), places.take(), places.take()]).toEqual([true, false, true, false])
})
