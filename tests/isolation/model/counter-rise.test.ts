import { expect, test } from 'vitest'
import { riseOf, riseProblems } from './counter-rise.ts'

const sent = [
  { id: 'tcp', counters: ['drop_a__b__n'], packets: 3 },
  { id: 'udp', counters: ['drop_a__b__n'], packets: 3 },
  { id: 'name', counters: [], packets: 1 },
]
const problems = (count: number) =>
  riseOf(sent, new Map([['drop_a__b__n', 10]]), new Map([['drop_a__b__n', 10 + count]])).flatMap(riseProblems)

test('retransmissions count too, so more is fine', () => expect(problems(9)).toEqual([]))

test('fewer than were sent is a drop that this policy did not make', () => {
  expect(problems(5)).toEqual(['counter drop_a__b__n rose by 5, but should have counted 6 packets: tcp; udp'])
})

test('a counter that is not there did not rise', () => {
  expect(riseOf(sent, new Map(), new Map()).flatMap(riseProblems)).toHaveLength(1)
})
