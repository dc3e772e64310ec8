import { expect, test } from 'vitest'
import type { Manifest } from './manifest.ts'
import { parseManifest } from './manifest.ts'
import { refuseForeign, refuseNewer } from './refusals.ts'

const head = { seq: 0, hmac: '0'.repeat(64) }
const first = { name: '001_create_orders.sql', sha256: 'a' }
const second = { name: '002_more.sql', sha256: 'b' }
const keys = { product_audit_key: '1', order_audit_key: '2', payment_audit_key: '3' }
const manifest = (migrations: (typeof first)[]): Manifest => ({
  ...{ format: 1, project: 'shop', takenAt: '2026-11-22T03:04:05.678Z', secrets: { ...keys, stripe_key: '4' } },
  databases: { orders: { head, migrations, sha256: 'c' } },
})

test('a backup of this shop is taken, also where a secret was rotated since', () => {
  expect(() => refuseForeign(manifest([]), { ...keys, stripe_key: '5' })).not.toThrow()
})

test('one of another shop is not, and the keys of its trails are named', () => {
  expect(() => refuseForeign(manifest([]), { ...keys, order_audit_key: '9' })).toThrow(
    "the backup is of another shop: its order_audit_key is not this one's",
  )
  expect(() => refuseForeign(manifest([]), {})).toThrow('its product_audit_key, order_audit_key, payment_audit_key are')
})

test.each([
  { why: 'older', migrations: [first] },
  { why: 'of today', migrations: [first, second] },
])('a schema that is $why is taken', ({ migrations }) => {
  expect(() => refuseNewer(manifest(migrations), { orders: [first, second] })).not.toThrow()
})

test.each([
  { why: 'newer', migrations: [first, second], message: 'newer than this shop: its orders has 002_more.sql' },
  { why: 'another', migrations: [{ ...first, sha256: 'z' }], message: 'had another 001_create_orders.sql' },
])('a schema that is $why is not', ({ migrations, message }) => {
  expect(() => refuseNewer(manifest(migrations), { orders: [first] })).toThrow(message)
})

test('a format of tomorrow is not guessed at', () => {
  expect(() => parseManifest('{"format":2}', 'the file')).toThrow('the file is of format 2')
})
