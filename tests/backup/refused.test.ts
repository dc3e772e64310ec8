import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { change } from '../chaos/psql.ts'
import { runScript } from '../scripts/run-script.ts'
import { everyRow } from './every-row.ts'
import { backup, backupsFolder } from './operate.ts'
import { runBeside } from './run-beside.ts'
import { sealedThere, second } from './second-stack.ts'

let folder: ReturnType<typeof backupsFolder>
let file: string
let before: { rows: unknown; started: unknown }

const state = async () => ({
  rows: await everyRow(second.prefix),
  started: runScript(`docker inspect --format '{{.State.StartedAt}}' ${second.prefix}-{product,order,payment}-{api,db}`)
    .text,
})

beforeAll(async () => {
  folder = backupsFolder()
  await sealedThere()
  before = await state()
  file = await backup(folder.path, second.env)
})
afterAll(async () => {
  // Whatever was refused has changed nothing, and stopped nobody.
  const after = await state()
  folder[Symbol.dispose]()
  expect(after).toEqual(before)
})

const attempt = (path: string, env: NodeJS.ProcessEnv = {}) =>
  runBeside({ ...second.env, ...env }, `scripts/restore.sh ${path} --yes`)

/** Where a part's bytes begin in the file: behind its header of 512. */
const startOf = (bytes: Buffer, part: string) => bytes.indexOf(`${part}\0`) + 512

test.each<{ why: string; damage: (bytes: Buffer) => Buffer }>([
  ...['SHA256SUMS', 'manifest.json.age', 'products.dump.age', 'orders.dump.age', 'payments.dump.age'].map((part) => ({
    why: `one other bit in ${part}`,
    damage: (bytes: Buffer) => {
      const place = startOf(bytes, part) + 300
      bytes[place] = (bytes[place] ?? 0) ^ 1
      return bytes
    },
  })),
  {
    why: 'a list that has more than names',
    damage: () => {
      const made = join(folder.path, 'made')
      mkdirSync(made)
      writeFileSync(join(made, 'SHA256SUMS'), `${'0'.repeat(64)}  --to-command=touch ${made}/ran\n`)
      runScript(`tar -cf ${made}.tar -C ${made} SHA256SUMS`)
      return readFileSync(`${made}.tar`)
    },
  },
  { why: 'its end cut off', damage: (bytes) => bytes.subarray(0, bytes.length / 2) },
  { why: 'nothing in it', damage: () => Buffer.alloc(0) },
  { why: 'a text in it', damage: () => Buffer.from('a letter home\n') },
])('a file with $why is refused', async ({ damage }) => {
  const path = join(folder.path, 'damaged.tar')
  writeFileSync(path, damage(readFileSync(file)))
  const { status, text } = await attempt(path)
  expect({ status, text }).toEqual({
    status: 1,
    text: expect.stringContaining(`FAIL: ${path} is damaged, or no backup`),
  })
  expect(existsSync(join(folder.path, 'made', 'ran'))).toBe(false)
})

test('one that is not there', async () => {
  expect(await attempt('/nowhere.tar')).toEqual({
    status: 1,
    text: expect.stringContaining('FAIL: expected /nowhere.tar but found none'),
  })
})

test('a dump of another backup, though the sums were made to fit', async () => {
  const other = await backup(join(folder.path, 'other'), second.env)
  const mixed = join(folder.path, 'mixed')
  mkdirSync(mixed)
  runScript(`tar -xf ${file} -C ${mixed} && tar -xf ${other} -C ${mixed} orders.dump.age`)
  const path = join(folder.path, 'mixed.tar')
  runScript(`cd ${mixed} && sha256sum *.age >SHA256SUMS && tar -cf ${path} SHA256SUMS *.age`)
  expect(await attempt(path)).toEqual({ status: 1, text: expect.stringContaining('the dump of orders in') })
})

test('a backup of another shop, with its own key or with ours', async () => {
  const SECRETS_DIR = join(folder.path, 'secrets')
  expect(runScript('scripts/create-secrets.sh', { env: { SECRETS_DIR } }).status).toBe(0)
  const { status, text } = await attempt(file, { SECRETS_DIR })
  expect({ status, text }).toEqual({
    status: 1,
    text: expect.stringContaining("does not open with this shop's backup_key"),
  })

  copyFileSync(join(process.env.SECRETS_DIR ?? 'secrets', 'backup_key'), join(SECRETS_DIR, 'backup_key'))
  expect((await attempt(file, { SECRETS_DIR })).text).toContain(
    "FAIL: the backup is of another shop: its product_audit_key, order_audit_key, payment_audit_key are not this one's",
  )
}, 60_000)

test('a backup of a newer schema', async () => {
  const values = `('999_tomorrow.sql', '${createHash('sha256').update('').digest('hex')}')`
  await change('order-db', `insert into migrations (name, sha256) values ${values}`, second.prefix)
  let newer: string
  try {
    newer = await backup(join(folder.path, 'newer'), second.env)
  } finally {
    await change('order-db', `delete from migrations where name = '999_tomorrow.sql'`, second.prefix)
  }
  expect(await attempt(newer)).toEqual({
    status: 1,
    text: expect.stringContaining('FAIL: the backup is newer than this shop: its orders has 999_tomorrow.sql'),
  })
})

test('without --yes, whoever does not type the name of the project', () => {
  const { status, text } = runScript(`scripts/restore.sh ${file}`, {
    env: second.env as Record<string, string>,
    input: 'yes\n',
  })
  expect({ status, text }).toEqual({ status: 1, text: expect.stringContaining('found "yes"; nothing was changed') })
})

test('two at once', async () => {
  const both = await Promise.all([attempt('/nowhere.tar'), attempt('/nowhere.tar')])
  expect(both.map(({ text }) => text.includes('another backup or restore is at work')).toSorted()).toEqual([
    false,
    true,
  ])
})

test('what is neither a file nor --undo', async () => {
  for (const args of ['', `${file} ${file}`, `${file} --undo`, '--quick']) {
    expect((await attempt(args)).text).toMatch(/^FAIL: .*\n {2}Next: scripts\/restore\.sh FILE/)
  }
})
