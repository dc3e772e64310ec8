import { afterEach, expect, test, vi } from 'vitest'
import { backupName, outdated, readKeep } from './retention.ts'

const now = new Date('2026-11-22T12:00:00Z')
const daysAgo = (days: number) => backupName('shop', new Date(now.getTime() - days * 86_400_000).toISOString())

test('a name tells project and time, and sorts by it', () => {
  expect(backupName('shop', '2026-11-22T03:04:05.678Z')).toBe('shop-20261122T030405Z.tar')
})

test.each([
  { why: 'as many as are to stay', ages: [1, 2, 3], keep: { count: 3, days: 90 }, gone: [] },
  { why: 'one more', ages: [1, 2, 3, 4], keep: { count: 3, days: 90 }, gone: [4] },
  { why: 'some that are too old', ages: [1, 91, 200], keep: { count: 14, days: 90 }, gone: [91, 200] },
  { why: 'only one, which is old', ages: [400], keep: { count: 1, days: 1 }, gone: [] },
])('with $why, $gone days old ones go', ({ ages, keep, gone }) => {
  expect(outdated(ages.map(daysAgo), 'shop', keep, now)).toEqual(gone.map(daysAgo))
})

test('what is not a backup of this project stays', () => {
  const others = [
    '.draft',
    'notes.txt',
    'shop-before-christmas.tar',
    'shop-20000101T000000Z.tar.part',
    'shop-2-20000101T000000Z.tar',
  ]
  expect(outdated([daysAgo(0), ...others], 'shop', { count: 1, days: 1 }, now)).toEqual([])
})

afterEach(() => vi.unstubAllEnvs())

test.each(['0', '-1', 'many', '1.5'])('BACKUP_KEEP=%s is refused', (value) => {
  vi.stubEnv('BACKUP_KEEP', value)
  expect(readKeep).toThrow(`expected BACKUP_KEEP to be a number from 1 up but found ${value}`)
})
