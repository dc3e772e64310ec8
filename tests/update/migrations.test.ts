import { rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { exec, requireTestStack } from '../stack.ts'
import { offer } from './offer.ts'
import { update } from './operate.ts'

beforeAll(requireTestStack)

const files = ['901_add_notes.sql', '902_contract_drop_notes.sql']
const path = (name: string) => new URL(`../../database/migrations/products/${name}`, import.meta.url)
const sql = async (statement: string) =>
  (await exec('product-db', ['psql', '-qAtX', '-U', 'postgres', '-d', 'products', '-c', statement])).output.trim()

afterEach(async () => {
  for (const name of files) rmSync(path(name), { force: true })
  await sql(`DELETE FROM migrations WHERE name LIKE '90%'`)
  await sql('DROP TABLE IF EXISTS notes')
})

test('a migration that adds comes before the new one starts, one that takes away when the old one is gone', async () => {
  writeFileSync(path('901_add_notes.sql'), 'CREATE TABLE notes (id int);\n')
  writeFileSync(path('902_contract_drop_notes.sql'), 'DROP TABLE notes;\n')
  await offer('product-api')
  const { status, text } = await update('product-api')
  expect({ status, text: text.replace(/, at [\d.]+ s$/gm, '') }).toEqual({
    status: 0,
    text: [
      'product-api: 901_add_notes.sql is applied',
      'product-api: the new one is healthy beside the old one',
      'product-api: the old one is replaced',
      'product-api: 902_contract_drop_notes.sql is applied',
      'product-api: the new one is healthy in its place',
    ].join('\n'),
  })
  expect(await sql(`SELECT to_regclass('notes') IS NULL`)).toBe('t')
})

test('one that the old version could not live with is refused before anything is replaced', async () => {
  writeFileSync(path('901_add_notes.sql'), 'ALTER TABLE products RENAME COLUMN name TO title;\n')
  await offer('product-api')
  const { status, text } = await update('product-api')
  expect(text).toMatch(/FAIL: 901_add_notes\.sql: expected what the version that runs can live with but found RENAME/)
  expect(status).toBe(1)
  expect(await sql(`SELECT count(*) FROM migrations WHERE name LIKE '90%'`)).toBe('0')
})

test('one that fails changes nothing, and the old version goes on', async () => {
  writeFileSync(path('901_add_notes.sql'), 'CREATE TABLE notes (id int); SELECT 1 / 0;\n')
  await offer('product-api')
  const { status, text } = await update('product-api')
  expect(text).toMatch(/FAIL: .*901_add_notes\.sql failed and was rolled back/)
  expect(status).toBe(1)
  expect(await sql(`SELECT to_regclass('notes') IS NULL`)).toBe('t')
})
