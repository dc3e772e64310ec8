import { expect, test } from 'vitest'
import { failuresIn } from './failures.ts'

const file = (status: string, message = '', assertionResults: object[] = []) => ({
  testResults: [{ name: 'a.test.ts', status, message, assertionResults }] as never,
})
const assertion = (status: string) => ({ fullName: 'a cell', status, failureMessages: ['expected dropped'] })

test('green is no failure', () => expect(failuresIn(file('passed', '', [assertion('passed')]))).toEqual([]))

test('a failing test is told with its message', () => {
  expect(failuresIn(file('failed', '', [assertion('failed'), assertion('passed')]))).toEqual([
    { test: 'a cell', message: 'expected dropped' },
  ])
})

test('a file that cannot be read is a failure', () => {
  expect(failuresIn(file('failed', 'no matrix'))).toEqual([{ test: 'a.test.ts', message: 'no matrix' }])
})

test('a hook that fails is a failure, though it fails no test', () => {
  expect(failuresIn(file('failed', '', [assertion('skipped')]))).toEqual([
    { test: 'a.test.ts', message: 'failed outside of its tests' },
  ])
})

test('a suite in which nothing ran is an error, not green', () => {
  expect(() => failuresIn(file('passed'))).toThrow('expected tests in the suite')
})
