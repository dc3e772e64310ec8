import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { change } from '../chaos/psql.ts'
import { quiet } from '../chaos/quiet.ts'
import { eventually } from '../stack.ts'
import {
  attempt,
  bringBack,
  damage,
  rows,
  type Stillness,
  sell,
  shop,
  startAt,
  stillness,
  verify,
} from './recovery-stack.ts'
import { runBeside } from './run-beside.ts'
import { databases } from './stack-beside.ts'

let first: Stillness

beforeAll(async () => {
  first = await startAt(2)
})
afterAll(() => shop.remove())

describe.skipIf(process.getuid?.() !== 0)('an archive that takes nothing', () => {
  const key = join(process.env.SECRETS_DIR ?? 'secrets', 'order_archive_key')
  let kept: Buffer
  beforeAll(() => {
    kept = readFileSync(key)
  })
  afterAll(async () => {
    rewrite(kept)
    await restart()
  })

  const rewrite = (content: string | Buffer) => writeFileSync(key, content)
  const restart = () =>
    shop.run('docker compose restart order-db && docker compose up --detach --no-build --wait order-db')
  const status = () => runBeside(shop.env, 'node scripts/status.ts')
  const lines = (text: string) => text.split('\n').filter((line) => /^[ !] (products|orders|payments): /.test(line))

  test('a shop whose archive is well has no line that wants attention', async () => {
    const found = lines((await status()).text)
    expect(found).toHaveLength(3)
    for (const line of found) expect(line).toMatch(/^ {2}\w+: archived \d+ s ago; base backup 0 hours old$/)
  })

  test('with another key orders go on, each line of the log says so as JSON, and status marks it', async () => {
    rewrite('x'.repeat(43))
    await restart()
    await eventually(60, async () => (await shop.order()) === 201)
    await change('order-db', 'select pg_switch_wal()', shop.prefix)
    await eventually(120, async () => lines((await status()).text).some((line) => line.startsWith('! orders: ')))
    await sell(2)
    const log = (await shop.run(`docker logs --since 60s ${shop.prefix}-order-db 2>&1`)).trim().split('\n')
    const parsed = log.map((line) => JSON.parse(line) as { level: string; msg: string; service: string })
    expect(parsed.filter(({ level }) => level === 'error').map(({ msg }) => msg)).toContainEqual(
      expect.stringMatching(/unable to|nothing is archived/),
    )
    expect(log.join()).not.toContain('x'.repeat(43))
  })

  test('neither a moment nor a base backup is to be had then', async () => {
    const { rows: before } = await stillness()
    const says = "FAIL: the archive of orders does not open with this shop's order_archive_key"
    expect(await attempt(first.moment)).toEqual({ status: 1, text: expect.stringContaining(says) })
    const base = await runBeside(shop.env, 'scripts/backup.sh --base')
    expect(base).toEqual({ status: 1, text: expect.stringContaining(says) })
    expect(await rows()).toEqual(before)
  })

  test('with its own key again it takes what has waited, and every moment is there', async () => {
    const wanted = await stillness()
    rewrite(kept)
    await restart()
    await eventually(120, async () => lines((await status()).text).every((line) => line.startsWith('  ')))
    await damage()
    await bringBack(wanted)
  }, 600_000)
})

describe('what comes and goes', () => {
  test('the volumes of the data are lost: the archive brings back the last moment, and goes on with the new ones', async () => {
    const wanted = await stillness()
    // As far as the archive is behind, a lost volume costs.
    for (const database of databases) {
      await change(database, 'select pg_current_xact_id()', shop.prefix)
      await change(database, 'select pg_switch_wal()', shop.prefix)
    }
    await sleep(3_000)
    const volumes = ['product', 'order', 'payment'].map((name) => `${shop.env.COMPOSE_PROJECT_NAME}_${name}_data`)
    await shop.run(`docker compose rm --stop --force ${databases.join(' ')} && docker volume rm ${volumes.join(' ')}`)
    await shop.run(`docker compose up --detach --no-build --no-deps --wait ${databases.join(' ')}`)
    expect(await rows()).not.toEqual(wanted.rows)
    await bringBack(wanted)
    expect(await verify()).toMatchObject({ status: 0 })

    await shop.run('scripts/backup.sh --base --full')
    await sell(1)
    const later = await stillness()
    await damage()
    await bringBack(later)
    await bringBack(wanted)
  }, 600_000)

  test('while it was off nothing was kept: a moment of then is refused, those before and after are there', async () => {
    const before = await stillness()
    await sell(1)
    await quiet(30, shop.select)
    const up = `docker compose up --detach --no-build --wait ${databases.join(' ')}`
    expect((await runBeside({ ...shop.env, POINT_IN_TIME: 'off' }, up)).status).toBe(0)
    await eventually(60, async () => (await shop.order()) === 201)
    const during = await stillness()
    await shop.run(up)
    await eventually(60, async () => (await shop.order()) === 201)
    expect(await attempt(during.moment)).toEqual({
      status: 1,
      text: expect.stringContaining('FAIL: expected a moment of'),
    })
    await shop.run('scripts/backup.sh --base')
    await sell(1)
    const after = await stillness()
    await damage()
    await bringBack(after)
    await bringBack(before)
    expect(await verify()).toMatchObject({ status: 0 })
  }, 600_000)
})
