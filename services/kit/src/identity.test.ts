import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { testAuthority } from '../../../tests/unit/authority.ts'
import { listeningLog } from '../../../tests/unit/log.ts'
import { openIdentity } from './identity.ts'

const authority = testAuthority()
const other = testAuthority()
const base = mkdtempSync(join(tmpdir(), 'identity-test-'))
const { log, lines } = listeningLog()

afterEach(() => void lines.splice(0))
afterAll(() => {
  for (const each of [authority, other]) each[Symbol.dispose]()
  rmSync(base, { recursive: true })
})

/** A folder as it should be, but for one file. */
function changed(file: string, content: string): string {
  const folder = authority.identity('order-api')
  writeFileSync(join(folder, file), content)
  return folder
}
const pem = (folder: string, file = 'identity.pem') => readFileSync(join(folder, file), 'utf8')
const [key] = pem(other.identity('order-api')).split('-----BEGIN CERTIFICATE')
const [, certificate] = pem(authority.identity('order-api')).split('-----BEGIN CERTIFICATE')

test.each([
  { why: 'a missing file', folder: () => base, says: `${base}/identity.pem: no such file` },
  { why: 'no key', folder: () => changed('identity.pem', 'nonsense'), says: 'expected a key and a certificate' },
  {
    why: "another certificate's key",
    folder: () => changed('identity.pem', `${key}-----BEGIN CERTIFICATE${certificate}`),
    says: "the key is another certificate's",
  },
  {
    why: 'another authority',
    folder: () => changed('authority.pem', pem(other.identity('order-api'), 'authority.pem')),
    says: 'not of the authority beside it',
  },
  {
    why: 'a certificate that is over',
    folder: () => authority.identity('order-api', { from: '2 hours ago', until: '1 hour ago' }),
    says: 'ran out at',
  },
  {
    why: 'a certificate that has not begun',
    folder: () => authority.identity('order-api', { from: '1 hour', until: '2 hours' }),
    says: 'begins at',
  },
  {
    why: 'a certificate of two services',
    folder: () =>
      authority.identity('order-api', {
        names: 'URI:spiffe://secure-ecommerce/order-api,URI:spiffe://secure-ecommerce/payment-api',
      }),
    says: 'expected one URI',
  },
])('$why is refused at the start, by name', ({ folder, says }) => {
  expect(() => openIdentity(folder())).toThrow(says)
})

test.each([
  { left: 'most of its life', from: '1 minute ago', until: '1 hour', reminds: false },
  { left: 'a fifth of its life', from: '80 minutes ago', until: '20 minutes', reminds: true },
])('of a certificate that has $left left the log reminds: $reminds', ({ from, until, reminds }) => {
  const identity = openIdentity(authority.identity('order-api', { from, until }))
  identity.watch(log)
  identity.unwatch()
  expect(lines.some(({ msg }) => String(msg).startsWith('the certificate runs out'))).toBe(reminds)
})
