import { expect, test } from 'vitest'
import { readCommunication } from './communication.ts'
import { ruleSet } from './rule-set.ts'
import { station } from './station.ts'

const closed = ruleSet(readCommunication(station()))

const opened = ruleSet(readCommunication(station(), ['open']))

const replaced = ruleSet(readCommunication(station({ beside: 'archive' })))

/** The elements of a set or map of one of the two tables. */
function elements(family: 'bridge' | 'inet', name: string, rules = closed): string[] {
  const table = rules.slice(rules.indexOf(`table ${family} @POLICY_TABLE@ {`))
  const [, content = ''] = new RegExp(`(?:set|map) ${name} \\{[^}]*elements = \\{([^}]*)\\}`).exec(table) ?? []
  return content
    .split(',')
    .map((element) => element.trim())
    .filter(Boolean)
}

test('an allowed connection has its edge, its replies and its echo', () => {
  expect(elements('bridge', 'edges')).toEqual([
    '@NET_FIELD@.2 . @NET_FIELD@.3 . 9000 : "accept_sensor__collector"',
    '10.0.2.3 . 10.0.2.4 . 9001 : "accept_collector__archive"',
  ])
  expect(elements('bridge', 'replies')).toEqual(['@NET_FIELD@.3 . @NET_FIELD@.2 . 9000', '10.0.2.4 . 10.0.2.3 . 9001'])
  expect(elements('bridge', 'pings')).toEqual([
    '@NET_FIELD@.2 . @NET_FIELD@.3 : "accept_sensor__collector"',
    '10.0.2.3 . 10.0.2.4 : "accept_collector__archive"',
  ])
  expect(elements('bridge', 'pongs')).toEqual(['@NET_FIELD@.3 . @NET_FIELD@.2', '10.0.2.4 . 10.0.2.3'])
})

test('every ordered pair of neighbours has a counter for what is dropped', () => {
  expect(elements('bridge', 'cells')).toEqual([
    '@NET_FIELD@.2 . @NET_FIELD@.3 : "drop_sensor__collector__field"',
    '@NET_FIELD@.3 . @NET_FIELD@.2 : "drop_collector__sensor__field"',
    '10.0.2.3 . 10.0.2.4 : "drop_collector__archive__storage"',
    '10.0.2.4 . 10.0.2.3 : "drop_archive__collector__storage"',
  ])
})

test('an address on another network is a cell of the host', () => {
  expect(elements('inet', 'cells')).toEqual([
    '@NET_FIELD@.2 . 10.0.2.3 : "drop_sensor__collector__storage"',
    '@NET_FIELD@.2 . 10.0.2.4 : "drop_sensor__archive__storage"',
    '10.0.2.3 . @NET_FIELD@.2 : "drop_collector__sensor__field"',
    '@NET_FIELD@.3 . 10.0.2.4 : "drop_collector__archive__storage"',
    '10.0.2.4 . @NET_FIELD@.2 : "drop_archive__sensor__field"',
    '10.0.2.4 . @NET_FIELD@.3 : "drop_archive__collector__field"',
  ])
})

test('a published port is open at the address on the network with a way out only', () => {
  expect(elements('inet', 'published')).toEqual(['@NET_FIELD@.3 . 9000 : "accept_outside__collector"'])
})

test('nobody may go beyond the host unless a profile that is on says so', () => {
  for (const name of ['exits', 'resolvers', 'exit_replies']) expect(elements('inet', name)).toEqual([])
  expect(closed).not.toContain('publisher')
  expect(closed).not.toContain('@NAMES@')
})

test('a way out is of the address on the network with a way out, and of one address for names', () => {
  expect(elements('inet', 'exits', opened)).toEqual(['@NET_FIELD@.5 . 443 : "accept_publisher__internet"'])
  expect(elements('inet', 'resolvers', opened)).toEqual(['@NET_FIELD@.5 . @NAMES@ . 53 : "accept_publisher__resolver"'])
  expect(elements('inet', 'exit_replies', opened)).toEqual(['@NET_FIELD@.5 . 53', '@NET_FIELD@.5 . 443'])
  expect(elements('bridge', 'edges', opened)).toContain('10.0.2.4 . 10.0.2.5 . 9002 : "accept_archive__publisher"')
})

test('a second copy is its service while it is there, and is connected to once it serves', () => {
  const added = (family: 'bridge' | 'inet', name: string) =>
    elements(family, name, replaced).filter((element) => !elements(family, name).includes(element))
  const next = '@IF_NEXT_ARCHIVE@ 10.0.2.104'
  const mac = '@MAC@:02:00:68'
  expect(added('bridge', 'macs')).toEqual([`@IF_NEXT_ARCHIVE@ ${mac}`])
  expect(added('bridge', 'identities')).toEqual([`@IF_NEXT_ARCHIVE@ ${mac} . 10.0.2.104`])
  expect(added('bridge', 'arp_identities')).toEqual([`@IF_NEXT_ARCHIVE@ ${mac} . ${mac} . 10.0.2.104`])
  expect(added('bridge', 'pairs')).toEqual([
    `@IF_NEXT_ARCHIVE@ @MAC@:02:00:03 . 10.0.2.3 . ${mac} . 10.0.2.104`,
    `@IF_NEXT_ARCHIVE@ ${mac} . 10.0.2.104 . @MAC@:02:00:03 . 10.0.2.3`,
  ])
  expect(added('bridge', 'edges')).toEqual([
    '@IF_SERVING_ARCHIVE@ 10.0.2.3 . 10.0.2.104 . 9001 : "accept_collector__archive"',
  ])
  expect(added('bridge', 'replies')).toEqual(['@IF_SERVING_ARCHIVE@ 10.0.2.104 . 10.0.2.3 . 9001'])
  expect(added('bridge', 'cells')).toEqual([
    '@IF_WAITING_ARCHIVE@ 10.0.2.3 . 10.0.2.104 : "class_not_serving"',
    '@IF_SERVING_ARCHIVE@ 10.0.2.3 . 10.0.2.104 : "drop_collector__archive__storage"',
    `${next} . 10.0.2.3 : "drop_archive__collector__storage"`,
  ])
  expect(added('inet', 'addresses')).toEqual([next])
  expect(added('inet', 'cells')).toHaveLength(4)
  for (const name of ['published', 'exits', 'resolvers']) expect(added('inet', name)).toEqual([])
})

test('what is published is open at its second copy too, once that serves', () => {
  const rules = ruleSet(readCommunication(station({ beside: 'collector' })))
  expect(elements('inet', 'published', rules)).toEqual([
    '@NET_FIELD@.3 . 9000 : "accept_outside__collector"',
    '@IF_SERVING_COLLECTOR@ @NET_FIELD@.103 . 9000 : "accept_outside__collector"',
  ])
})

test('who is let out of the stack has no second copy', () => {
  expect(() => readCommunication(station({ beside: 'publisher' }), ['open'])).toThrow(
    'expected publisher to have addresses up to 27, and no way out of the stack',
  )
})

test.each([closed, opened, replaced])('every counter that is used is declared in its table', (rules) => {
  for (const table of rules.split(/(?=^table \w+ @POLICY_TABLE@ \{)/m).slice(1)) {
    const declared = [...table.matchAll(/^ {2}counter (\S+) \{/gm)].map(([, name]) => name)
    const used = [...table.matchAll(/(?:counter name|:) "([^"]+)"/g)].map(([, name]) => name)
    expect(new Set(used)).toEqual(new Set(declared))
  }
})
