import { expect, test } from 'vitest'
import { packetsOf, triesOf } from './cell.ts'
import { Edges } from './edges.ts'
import { pairCells } from './pair-cells.ts'
import { smallStack } from './small-stack.ts'

const edges = new Edges()
edges.add('gate', 'one', [8001])
edges.add('one', 'one-db', [5432])
const cells = pairCells(smallStack, edges, 20_000)
const cell = (id: string) => cells.find((one) => one.id === id)

test.each([
  { id: 'gate → one 198.51.100.11 tcp/8001', expected: 'open', why: 'it is an edge', counters: ['accept_gate__one'] },
  {
    id: 'gate → one 198.51.100.11 icmp echo',
    expected: 'open',
    why: 'echo goes along edges',
    counters: ['accept_gate__one'],
  },
  {
    id: 'gate → one 198.51.100.11 tcp/20000 undeclared',
    expected: 'dropped',
    why: 'an edge is for its port only',
    counters: ['drop_gate__one__back'],
  },
  {
    id: 'gate → one 198.51.100.11 udp/20000',
    expected: 'dropped',
    why: 'no edge is for UDP',
    counters: ['drop_gate__one__back'],
  },
  {
    id: 'one → gate 198.51.100.10 icmp echo',
    expected: 'dropped',
    why: 'an edge has one direction',
    counters: ['drop_one__gate__back'],
  },
  {
    id: 'gate → one 203.0.113.11 tcp/8001',
    expected: 'dropped',
    why: 'gate is not on data, but the host could route',
    counters: ['drop_gate__one__data'],
  },
  { id: 'one → gate 192.0.2.10 icmp echo', expected: 'no-route', why: 'one has no way out', counters: [] },
  {
    id: 'two → one 203.0.113.11 tcp/8001',
    expected: 'dropped',
    why: 'they share data too',
    counters: ['drop_two__one__data'],
  },
  {
    id: 'two → one 198.51.100.11 tcp/8001',
    expected: 'dropped',
    why: 'they share back',
    counters: ['drop_two__one__back'],
  },
  { id: 'gate → one-db by name', expected: 'no-name', why: 'they share no network', counters: [] },
])('$id is $expected: $why', ({ id, expected, counters }) => {
  expect(cell(id)).toMatchObject({ expected, counters })
})

test('a name must resolve to addresses on shared networks', () => {
  expect(cell('one → two by name')).toMatchObject({ expected: 'open', answers: ['198.51.100.12', '203.0.113.12'] })
})

test('every ordered pair has cells, and no two cells are the same', () => {
  expect(new Set(cells.map(({ from, to }) => `${from}→${to}`)).size).toBe(4 * 3)
  expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length)
})

test('a denied cell is tried three times, and TCP asks at least twice each', () => {
  const denied = cell('two → one 198.51.100.11 tcp/8001')
  expect(denied && [triesOf(denied), packetsOf(denied)]).toEqual([3, 6])
  const allowed = cell('gate → one 198.51.100.11 tcp/8001')
  expect(allowed && [triesOf(allowed), packetsOf(allowed)]).toEqual([1, 1])
})
