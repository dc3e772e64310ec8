import { expect, test } from 'vitest'
import { overloadOf, parseSeconds, peakOf } from './overload-figures.ts'

/** Four seconds of calm, three of too much, four of calm, and the one in which wrk ends. */
const seconds = {
  asked: [50, 100, 100, 100, 300, 500, 500, 200, 100, 100, 100, 3],
  good: [40, 100, 100, 100, 90, 80, 90, 50, 95, 100, 100, 3],
  late: [0, 0, 0, 0, 5, 0, 0, 20, 0, 0, 0, 0],
  refused: [0, 0, 0, 0, 200, 420, 410, 100, 0, 0, 0, 0],
  buyers: [5, 10, 10, 10, 30, 50, 50, 10, 10, 10, 10, 0],
  bought: [5, 10, 10, 10, 30, 45, 50, 10, 10, 10, 10, 0],
  broken: 0,
}
const phases = { calm: 4, busy: 3 }

test('the JSON line is read from behind the report of wrk', () => {
  expect(parseSeconds(`Running 1s test\n${JSON.stringify(seconds)}\n`)).toEqual(seconds)
  expect(() => parseSeconds('unable to connect\n')).toThrow(/expected wrk to report/)
})

test('the peak is the mean of the seconds between warming up and the end', () => {
  expect(peakOf({ ...seconds, good: [10, 50, 100, 120, 7] }, 2)).toBe(110)
})

test('each phase has its own goodput, and the last says when it is as before', () => {
  expect(overloadOf(seconds, 110, phases)).toEqual({
    peak: 110,
    before: 100,
    during: 85,
    after: 98,
    asked: 500,
    refused: 415,
    bought: 0.95,
    recovered: 1,
    broken: 0,
  })
})

test('what does not recover says so', () => {
  const good = [40, 100, 100, 100, 90, 80, 90, 50, 60, 60, 60, 3]
  expect(overloadOf({ ...seconds, good }, 110, phases).recovered).toBe(Number.POSITIVE_INFINITY)
})
