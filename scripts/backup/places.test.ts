import { expect, test } from 'vitest'
import { interruptedMove, type Move, type Places, stillToMove } from './places.ts'

const restore: Move = { kind: 'restore', id: 'now', backup: 'shop.tar', done: false }
const undo: Move = { ...restore, kind: 'undo' }
const earlier: Move = { ...restore, id: 'then', done: true }

/** Each database as a run that was killed left it: before or after the swap, and what is beside it. */
const places = (...found: Record<string, Move | null>[]): Places =>
  Object.fromEntries(
    ['products', 'orders', 'payments'].map((name, place) => [
      name,
      Object.fromEntries(Object.entries(found[place] ?? {}).map(([part, move]) => [`${name}${part}`, move])),
    ]),
  )
const before = { '': null, _restored: restore }
const after = { '': restore, _replaced: null }

test.each([
  { why: 'never restored', found: places({ '': null }, { '': null }, { '': null }), move: undefined },
  { why: 'restored and done', found: places({ '': earlier }, { '': earlier }, { '': earlier }), move: undefined },
  { why: 'loaded and not begun', found: places(before, before, before), move: undefined },
  { why: 'swapped in one', found: places(after, before, before), move: restore },
  { why: 'swapped in two', found: places(after, after, before), move: restore },
  { why: 'swapped in all, and not done', found: places(after, after, after), move: restore },
])('$why is interrupted: $move.kind', ({ found, move }) => {
  expect(interruptedMove(found)).toEqual(move)
})

test('a restore is left to do where it was not done', () => {
  expect(stillToMove(places(after, before, before), restore)).toEqual(['orders', 'payments'])
  expect(stillToMove(places(after, after, after), restore)).toEqual([])
})

test('an undo is left to do where it was not done', () => {
  const kept = { '': earlier, _replaced: null }
  expect(stillToMove(places({ '': undo, _replaced: earlier }, kept, kept), undo)).toEqual(['orders', 'payments'])
})

test.each([
  { why: 'is gone', found: places(after, { '': null }, before), move: restore },
  { why: 'is of another restore', found: places(after, { '': null, _restored: earlier }, before), move: restore },
  { why: 'is gone', found: places({ '': undo }, { '': earlier }, { '': earlier }), move: undo },
])('nothing is moved where what is to come $why', ({ found, move }) => {
  expect(() => stillToMove(found, move)).toThrow(/^expected the database orders_(restored|replaced) to take the place/)
})
