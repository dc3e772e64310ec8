import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { change } from '../chaos/psql.ts'
import { sample } from '../sabotage/model/seeded-sample.ts'
import { runScript } from '../scripts/run-script.ts'
import { eventually } from '../stack.ts'
import { attempt, rows, type Stillness, shop, startAt, stillness, to, verify } from './recovery-stack.ts'
import { runBeside } from './run-beside.ts'

const { BACKUP_KILLS = 6, BACKUP_SEED = Date.now() % 100_000 } = process.env
let first: Stillness

beforeAll(async () => {
  first = await startAt(2)
})
afterAll(() => shop.remove())

describe('refused, and nothing is changed and nobody stopped', () => {
  const state = async () => ({
    rows: await rows(),
    started: runScript(`docker inspect --format '{{.State.StartedAt}}' ${shop.prefix}-{product,order,payment}-{api,db}`)
      .text,
  })
  let before: unknown
  beforeAll(async () => {
    await stillness()
    before = await state()
  })
  afterAll(async () => expect(await state()).toEqual(before))

  const iso = String.raw`\d{4}-\d\d-\d\dT[\d:.]+Z`
  const range = new RegExp(`FAIL: expected a moment of (.* or )?${iso} to ${iso} but found ${iso}`)

  test.each([
    { why: 'before the oldest base backup', moment: '2020-01-01 00:00:00+00', says: range },
    { why: 'still to come', moment: '2120-01-01 00:00:00+00', says: /FAIL: expected a moment that has passed/ },
    { why: 'without a zone', moment: '2026-01-01 00:00:00', says: /FAIL: expected a moment with its zone/ },
  ])('a moment $why', async ({ moment, says }) => {
    expect(await attempt(moment)).toEqual({ status: 1, text: expect.stringMatching(says) })
  })

  test('whoever does not type the name of the project', () => {
    const { status, text } = runScript(`scripts/restore.sh --to '${first.moment}'`, { env: shop.env, input: 'yes\n' })
    expect({ status, text }).toEqual({ status: 1, text: expect.stringContaining('found "yes"; nothing was changed') })
  })

  test('a shop without an archive', async () => {
    expect(await runBeside({}, to(first.moment))).toEqual({
      status: 1,
      text: expect.stringContaining('set POINT_IN_TIME=on'),
    })
  })

  test('an archive of another shop', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'secrets-'))
    try {
      const SECRETS_DIR = join(folder, 'secrets')
      expect(runScript('scripts/create-secrets.sh', { env: { SECRETS_DIR } }).status).toBe(0)
      const { status, text } = await attempt(first.moment, { SECRETS_DIR })
      const says = /FAIL: the archive of \w+ is of another shop: its \w+_audit_key is not this one's/
      expect({ status, text }).toEqual({ status: 1, text: expect.stringMatching(says) })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  /** Something else in the place of order-db's archive, for as long as `use` runs. */
  async function withArchive(script: string, use: () => Promise<void>): Promise<void> {
    const inside = (command: string) => shop.run(`docker exec ${shop.prefix}-order-db bash -c '${command}'`)
    await inside('cd /var/lib/pgbackrest && mkdir kept && cp -a archive backup kept')
    try {
      await inside(script)
      await use()
    } finally {
      await inside(
        'cd /var/lib/pgbackrest && rm -rf archive backup && mv kept/* . && rmdir kept; rm -rf /var/lib/postgresql/foreign',
      )
    }
  }

  test('an archive of another database', async () => {
    const foreign = `set -e; cd /var/lib/pgbackrest; rm -rf archive backup
      initdb --pgdata /var/lib/postgresql/foreign --username postgres >/dev/null
      pgbackrest stanza-create --no-online --pg1-path=/var/lib/postgresql/foreign`
    await withArchive(foreign, async () => {
      const says = /FAIL: the archive of orders is of another database: it knows \d+, and this one is \d+/
      expect(await attempt(first.moment)).toEqual({ status: 1, text: expect.stringMatching(says) })
    })
  })

  test.each([
    { why: 'a base backup', find: 'backup/shop/*F/bundle/1', says: /FAIL: orders could not be brought back to/ },
    {
      why: 'a segment',
      find: 'archive/shop/17-1/*/*-*.gz',
      says: /orders: archive\/shop\S+ is damaged[\s\S]*FAIL: the archive has no moment that can be brought back/,
    },
  ])('an archive in which $why is damaged', async ({ find, says }) => {
    const damaged = `set -e; cd /var/lib/pgbackrest; for file in ${find}; do
      printf damaged | dd of=$file bs=1 seek=$(($(stat -c %s $file) / 2)) conv=notrunc status=none; done`
    await withArchive(damaged, async () => {
      expect(await attempt(first.moment)).toEqual({ status: 1, text: expect.stringMatching(says) })
    })
  })
})

describe('killed half way', () => {
  // What was archived while another archive was in the place of this one is not in it.
  beforeAll(() => shop.run('scripts/backup.sh --base'))

  const steps = [
    { step: 'going on from', swapped: false },
    { step: ': as of', swapped: false },
    { step: 'Stopping', swapped: false },
    { step: ': loaded', swapped: false },
    { step: 'Swapping orders', swapped: true },
    { step: 'Starting', swapped: true },
  ]

  test.each(sample(steps, Number(BACKUP_KILLS), Number(BACKUP_SEED)))(
    'at $step nothing is lost, nothing is left, and the next run completes it',
    async ({ step, swapped }) => {
      const wanted = await stillness()
      await change('product-db', 'update products set price_cents = price_cents + 1 where id = 1', shop.prefix)
      await shop.sealed()
      const before = await rows()
      const { status } = await runBeside(shop.env, to(wanted.moment), (line, kill) => line.includes(step) && kill())
      expect(status).toBeNull()
      if (!swapped) expect(await rows()).toEqual(before)
      const left = `docker ps --all --format '{{.Names}}' | grep ${shop.prefix}-.*-recovery`
      await eventually(30, async () => (await runBeside({}, left)).status === 1)

      expect((await shop.run(to(wanted.moment))).includes('was interrupted; it is gone on with')).toBe(swapped)
      expect(await rows()).toEqual(wanted.rows)
      expect(await rows('_replaced')).toEqual(before)
      expect(await verify()).toMatchObject({ status: 0 })
    },
    300_000,
  )
})
