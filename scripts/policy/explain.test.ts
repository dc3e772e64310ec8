import { expect, test } from 'vitest'
import { readCommunication } from './communication.ts'
import { explain } from './explain.ts'
import { station } from './station.ts'
import { newDrops } from './watch.ts'

const communication = readCommunication(station())
const opened = readCommunication(station(), ['open'])
const counters = new Map([
  ['inet/accept_publisher__internet', 6],
  ['inet/accept_publisher__resolver', 8],
  ['bridge/accept_sensor__collector', 7],
  ['bridge/drop_sensor__collector__field', 2],
  ['inet/drop_sensor__collector__storage', 1],
  ['inet/class_internet', 3],
  ['inet/class_metadata', 0],
  ['inet/class_from_outside', 4],
  ['inet/accept_outside__collector', 5],
])

test.each([
  {
    why: 'the host, of which nothing is filtered',
    from: 'host',
    to: 'archive',
    lines: ['host → archive: not meant to', '  nothing of it is filtered: the host owns the bridges'],
  },
  {
    why: 'allowed, on the network both are on and not by way of the other',
    from: 'sensor',
    to: 'collector',
    lines: [
      'sensor → collector: allowed on 9000: readings',
      '  on field, @NET_FIELD@.2 → @NET_FIELD@.3: TCP 9000 and ping pass: maps edges and pings, counter bridge accept_sensor__collector: 7',
      '  on field, @NET_FIELD@.2 → @NET_FIELD@.3: anything else is dropped: map cells, counter bridge drop_sensor__collector__field: 2',
      '  10.0.2.3 on storage: dropped on its way through the host: chain from_container, map cells, counter inet drop_sensor__collector__storage: 1',
    ],
  },
  {
    why: 'denied for want of an entry, and without a route',
    from: 'archive',
    to: 'internet',
    lines: [
      'archive → internet: denied: no entry in x-communication, and what has none is dropped',
      '  no route either: its networks are internal',
      '  table inet, chain leaving; counter inet class_internet: 3, from all containers',
    ],
  },
  {
    why: 'allowed from outside by published ports',
    from: 'outside',
    to: 'collector',
    lines: [
      'outside → collector: allowed on 9000: other stations',
      '  published ports of @NET_FIELD@.3: map published, counter inet accept_outside__collector: 5',
      '  any other way: chains prerouting and entering, counter inet class_from_outside: 4',
    ],
  },
])('$from → $to is $why', ({ from, to, lines }) => {
  expect(explain(communication, from, to, counters)).toEqual(lines)
})

test.each([
  {
    to: 'internet',
    lines: [
      'publisher → internet: allowed on 443: subscribers',
      '  from @NET_FIELD@.5: TCP 443 of any public address passes: map exits, counter inet accept_publisher__internet: 6',
      '  table inet, chain leaving; counter inet class_internet: 3, from all containers',
    ],
  },
  {
    to: 'resolver',
    lines: [
      'publisher → resolver: allowed on 53: names',
      '  from @NET_FIELD@.5: TCP and UDP 53 of @NAMES@ passes: map resolvers, counter inet accept_publisher__resolver: 8',
      '  table inet, chain leaving; counter inet class_internet: 3, from all containers',
    ],
  },
])('publisher → $to is allowed with its profile, and unknown without', ({ to, lines }) => {
  expect(explain(opened, 'publisher', to, counters)).toEqual(lines)
  expect(explain(communication, 'publisher', to, counters)).toEqual([
    `publisher → ${to}: denied: publisher is not part of the stack without COMPOSE_PROFILES=open`,
  ])
})

test('a name that nobody has is refused with those that somebody has', () => {
  expect(() => explain(communication, 'sensor', 'cloud', counters)).toThrow(
    'expected sensor, collector, archive, host, internet, resolver, metadata but found cloud',
  )
})

test('drops between two readings come with names instead of addresses', () => {
  const now = new Map([
    ...counters,
    ['bridge/drop_sensor__collector__field', 5],
    ['bridge/accept_sensor__collector', 90],
    ['inet/class_internet', 4],
  ])
  expect(newDrops(counters, now)).toEqual(['    3  sensor → collector (field)', '    1  container to the Internet'])
})

test('counters that fall mean that the rules were loaded again', () => {
  expect(newDrops(counters, new Map([['inet/class_internet', 0]]))).toEqual([
    'the rules were loaded again: counting from 0',
  ])
})
