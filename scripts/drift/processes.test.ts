import { expect, test } from 'vitest'
import { processDeviations, readProcesses } from './processes.ts'

const wanted = {
  target: 'order-api',
  uid: '1001',
  commands: ['tini -- node src/main.ts', 'node src/main.ts', 'nginx: *', 'curl -fsS http://127.0.0.1:8002/ready'],
  isDatabase: false,
  capabilities: 0n,
}
const told = (args: string, more = {}, how = {}) =>
  processDeviations([{ pid: 7, uid: '1001', args, capabilities: 0n, ...more }], { ...wanted, ...how }).map(
    ({ kind }) => kind,
  )

test('a table of docker top is read, without what has ended', () => {
  const table = [
    'PID                 UID                 STAT                COMMAND',
    '25295               1001                Ss                  tini -- node src/main.ts',
    '30412               999                 Z                   [postgres] <defunct>',
    '',
  ].join('\n')
  expect(readProcesses(table)).toEqual([
    { pid: 25295, uid: '1001', args: 'tini -- node src/main.ts', capabilities: 0n },
  ])
})

test.each([
  { why: 'a program of its own', args: 'node src/main.ts', kinds: [] },
  { why: 'a title that changes', args: 'nginx: worker process', kinds: [] },
  { why: 'its health check', args: 'curl -fsS http://127.0.0.1:8002/ready', kinds: [] },
  { why: 'Docker as it starts one', args: 'runc init', kinds: [] },
  { why: 'another program', args: 'sleep 300', kinds: ['process'] },
  { why: 'one that begins alike', args: 'node src/main.ts --inspect', kinds: ['process'] },
  { why: 'a pattern that is no regular expression', args: 'node src/mainXts', kinds: ['process'] },
  { why: 'a database client, wherever it is', args: '/tmp/x/psql -h order-db', kinds: ['database client'] },
])('$why: $args', ({ args, kinds }) => {
  expect(told(args)).toEqual(kinds)
})

test('a client in a database is a program like others', () => {
  expect(told('psql -l', {}, { isDatabase: true, commands: ['psql *'] })).toEqual([])
  expect(told('mysql', {}, { isDatabase: true, commands: ['psql *'] })).toEqual(['process'])
})

test('another user and more capabilities than the first process has are named, fewer are not', () => {
  expect(told('node src/main.ts', { uid: '0', capabilities: 1n << 12n })).toEqual(['rights', 'rights'])
  expect(told('node src/main.ts', { capabilities: 0n }, { capabilities: 1n << 12n })).toEqual([])
})
