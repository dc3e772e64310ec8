import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { change } from '../chaos/psql.ts'
import { runScript } from '../scripts/run-script.ts'
import { backup, backupsFolder, restore } from './operate.ts'
import { runBeside } from './run-beside.ts'
import { orderThere, sealedThere, second, selectThere } from './second-stack.ts'

const migration = '999_note_products.sql'
let folder: ReturnType<typeof backupsFolder>
/** The migrations of this checkout and one of tomorrow. */
let migrations: string

beforeAll(() => {
  folder = backupsFolder()
  migrations = mkdtempSync(join(tmpdir(), 'migrations-'))
  cpSync('database/migrations', migrations, { recursive: true })
  writeFileSync(join(migrations, 'products', migration), 'create table product_notes as select id from products;\n')
  runScript(`chmod --recursive a+rX ${migrations}`)
  writeFileSync(
    join(folder.path, 'tomorrow.yml'),
    `services: { product-db: { volumes: ["${migrations}:/database/migrations:ro"] } }\n`,
  )
})
afterAll(async () => {
  await change('product-db', 'drop table if exists product_notes', second.prefix)
  await change('product-db', `delete from migrations where name = '${migration}'`, second.prefix)
  await recreateDatabase('docker-compose.yml')
  rmSync(migrations, { recursive: true })
  folder[Symbol.dispose]()
})

async function recreateDatabase(files: string): Promise<void> {
  const up = 'docker compose up --detach --no-build --no-deps --wait product-db'
  const { status, text } = await runBeside({ ...second.env, COMPOSE_FILE: files }, up)
  if (status !== 0) throw new Error(text)
}

test('a backup from before a migration is restored and migrated', async () => {
  await sealedThere()
  const file = await backup(folder.path, second.env)
  await recreateDatabase(`docker-compose.yml:${folder.path}/tomorrow.yml`)
  await restore(file, second.env)
  const noted = 'select from products where id not in (select id from product_notes)'
  expect(await selectThere('product-db', noted)).toEqual([])
  expect(await selectThere('product-db', `select name from migrations where name = '${migration}'`)).toHaveLength(1)
  expect(await orderThere()).toBe(201)
})
