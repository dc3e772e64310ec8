import { expect, test } from 'vitest'
import { writers } from '../audit/writers.ts'
import { parseInfo } from './repository.ts'

const [, orders] = writers
const ok = { code: 0, message: 'ok' }

/** As pgBackRest 2.55 prints it, with an id that is no number of JavaScript's. */
const info = (changes: object) =>
  JSON.stringify([
    {
      archive: [{ database: { id: 1, 'repo-key': 1 }, id: '17-1', max: 'B', min: 'A' }],
      backup: [],
      db: [{ id: 1, 'repo-key': 1, 'system-id': 0, version: '17' }],
      ...{ name: 'shop', repo: [{ cipher: 'aes-256-cbc', key: 1, status: ok }], status: ok },
      ...changes,
    },
  ]).replace('"system-id":0', '"system-id":7710897496154247227')

const backup = {
  annotation: { 'audit-key': 'a016' },
  archive: { start: '000000010000000000000007', stop: '000000010000000000000008' },
  database: { id: 1, 'repo-key': 1 },
  ...{ error: false, label: '20261122-074323F', prior: null, type: 'full' },
  timestamp: { start: 1_795_333_403, stop: 1_795_333_407 },
}

test('an archive tells of its databases and base backups', () => {
  expect(parseInfo(info({ backup: [backup] }), orders)).toEqual({
    systems: ['7710897496154247227'],
    bases: [
      {
        ...{ label: '20261122-074323F', isFull: true, completed: 1_795_333_408_000, history: '17-1', auditKey: 'a016' },
        ...{ firstSegment: '000000010000000000000007', lastSegment: '000000010000000000000008' },
      },
    ],
  })
})

test('one without a base backup, or with one of damaged pages alone, has none', () => {
  const none = { systems: ['7710897496154247227'], bases: [] }
  expect(parseInfo(info({ status: { code: 2, message: 'no valid backups' } }), orders)).toEqual(none)
  expect(parseInfo(info({ backup: [{ ...backup, error: true }] }), orders)).toEqual(none)
})

test.each([
  {
    why: 'another key',
    message: "[FormatError] unable to load info file '/var/lib/pgbackrest/backup/shop/backup.info': no section",
    says: "does not open with this shop's order_archive_key, or is damaged",
  },
  { why: 'no right to read', message: '[FileOpenError] permission denied', says: 'cannot be used: [FileOpenError]' },
])('with $why it is refused', ({ message, says }) => {
  const status = { code: 99, message: 'other' }
  const text = info({ db: [], status, repo: [{ status: { code: 99, message: `${message} QUOTED` } }] }).replace(
    'QUOTED',
    '\u0012',
  )
  expect(() => parseInfo(text, orders)).toThrow(`the archive of orders ${says}`)
})
