import { expect, test } from 'vitest'
import { differences } from './compare-sources.ts'
import { Edges } from './edges.ts'

function edges(...list: [string, string, number][]): Edges {
  const all = new Edges()
  for (const [from, to, port] of list) all.add(from, to, [port])
  return all
}
const agreed = () => edges(['a', 'b', 1])
const compare = (changed: object) =>
  differences(['a', 'b'], ['a', 'b'], {
    README: agreed(),
    'x-communication': agreed(),
    loaded: agreed(),
    observed: agreed(),
    ...changed,
  }).map(({ problem }) => problem)

test('four sources that agree', () => expect(compare({})).toEqual([]))

test.each([
  {
    why: 'one has a pair more',
    changed: { loaded: edges(['a', 'b', 1], ['b', 'a', 2]) },
    problem: 'b → a: README denied · x-communication denied · loaded 2 · observed denied',
  },
  {
    why: 'one has a pair less',
    changed: { observed: edges() },
    problem: 'a → b: README 1 · x-communication 1 · loaded 1 · observed denied',
  },
  {
    why: 'one has another port',
    changed: { README: edges(['a', 'b', 9]) },
    problem: 'a → b: README 9 · x-communication 1 · loaded 1 · observed 1',
  },
  {
    why: 'one speaks of somebody unknown',
    changed: { loaded: edges(['a', 'b', 1], ['192.0.2.9', 'b', 1]) },
    problem: '192.0.2.9 → b: README denied · x-communication denied · loaded 1 · observed denied',
  },
])('the cell is named when $why', ({ changed, problem }) => expect(compare(changed)).toEqual([problem]))

test('a source that could not be read differs everywhere', () => {
  expect(compare({ loaded: null })).toHaveLength(2)
})
