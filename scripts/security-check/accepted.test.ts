import { expect, test } from 'vitest'
import { judge } from './accepted.ts'
import { exitCode, type Finding, fails } from './finding.ts'

const finding: Finding = {
  kind: 'control',
  id: 'CIS 5.4',
  severity: 'HIGH',
  target: 'nginx',
  where: 'NET_RAW',
  what: '',
}
const acceptance = { id: 'CIS 5.4', target: 'nginx', where: 'NET_RAW', reason: 'because', expires: '2026-06-30' }

test('an acceptance counts on its last day', () => {
  expect(judge([finding], [acceptance], '2026-06-30')).toMatchObject({
    open: [],
    accepted: [{ by: acceptance }],
    unused: [],
  })
})

test('the day after, it is a finding beside what it was for', () => {
  const { open, accepted, unused } = judge([finding], [acceptance], '2026-07-01')
  expect(open).toEqual([finding, expect.objectContaining({ kind: 'acceptance', id: 'CIS 5.4' })])
  expect({ accepted, unused }).toEqual({ accepted: [], unused: [] })
})

test.each([
  { why: 'another finding', other: { id: 'CIS 5.5' } },
  { why: 'another target', other: { target: 'frontend' } },
  { why: 'another place', other: { where: 'SYS_ADMIN' } },
])('it is not for $why, and is then told to be unused', ({ other }) => {
  expect(judge([{ ...finding, ...other }], [acceptance], '2026-01-01')).toMatchObject({
    accepted: [],
    unused: [acceptance],
  })
})

test('without a place it is for every one', () => {
  const { where: _, ...everywhere } = acceptance
  expect(judge([finding, { ...finding, where: 'SYS_ADMIN' }], [everywhere], '2026-01-01').open).toEqual([])
})

test.each([
  { kind: 'vulnerability', severity: 'CRITICAL', fix: '2.0', expected: true },
  { kind: 'vulnerability', severity: 'HIGH', fix: '2.0', expected: true },
  { kind: 'vulnerability', severity: 'CRITICAL', fix: undefined, expected: false },
  { kind: 'vulnerability', severity: 'MEDIUM', fix: '2.0', expected: false },
  { kind: 'misconfiguration', severity: 'HIGH', fix: 'do', expected: true },
  { kind: 'misconfiguration', severity: 'LOW', fix: 'do', expected: false },
  { kind: 'secret', severity: 'LOW', fix: undefined, expected: true },
  { kind: 'control', severity: 'HIGH', fix: undefined, expected: true },
  { kind: 'licence', severity: 'HIGH', fix: undefined, expected: true },
] as const)('a $kind, $severity, repaired by $fix, fails: $expected', ({ expected, fix, ...rest }) => {
  expect(fails({ ...finding, ...rest, ...(fix && { fix }) })).toBe(expected)
})

test.each([
  { open: [], gaps: [], code: 0 },
  { open: [], gaps: [{ what: 'x', why: 'y' }], code: 2 },
  { open: [finding], gaps: [], code: 1 },
  { open: [finding], gaps: [{ what: 'x', why: 'y' }], code: 1 },
])('the exit code is $code', ({ open, gaps, code }) => {
  expect(exitCode(open, gaps)).toBe(code)
})
