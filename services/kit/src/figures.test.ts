import { join } from 'node:path'
import { afterEach, expect, inject, onTestFinished, test, vi } from 'vitest'
import { databaseConfig } from '../../../tests/unit/database.ts'
import { listeningLog } from '../../../tests/unit/log.ts'
import { told } from '../../../tests/unit/metrics.ts'
import { openDatabase } from './database.ts'
import { tellFigures } from './figures.ts'
import { openIdentity } from './identity.ts'
import { createMetrics } from './metrics.ts'

afterEach(() => void vi.restoreAllMocks())

const figures = [
  { name: 'parcels', help: 'Parcels', by: { label: 'size', values: ['small', 'large'] } },
  { name: 'parcels_weight', help: 'What they weigh' },
]
const parcels = `select 'parcels' as figure, 'large' as of, 2 as value union all select 'parcels_weight', null, 7`

/** A service that tells these figures from the real database, by a pool of two connections. */
function start(text: string) {
  const metrics = createMetrics()
  const { log, lines } = listeningLog()
  const identity = openIdentity(join(inject('secretsFolder'), 'paymentuser'))
  const config = { ...databaseConfig('payments', identity), databasePool: 2 }
  const database = openDatabase('payment-db', config, log, metrics)
  onTestFinished(() => database.end().catch(() => {}))
  tellFigures(metrics, { database, log, figures, text })

  /** What is told of these, how many failures, and within how many milliseconds. */
  async function ask() {
    const started = performance.now()
    const series = await told(metrics)
    const took = performance.now() - started
    expect(series.process_cpu_seconds_total).toBeGreaterThan(0)
    const ours = Object.fromEntries(Object.entries(series).filter(([name]) => name.startsWith('parcels')))
    return { ours, failures: (await told(metrics)).metrics_collection_errors_total, took, series }
  }
  return { database, ask, lines }
}

const nothing = {}

test('one statement tells all of them; what it has no row for is 0', async () => {
  const { ask } = start(parcels)
  expect(await ask()).toMatchObject({
    ours: { 'parcels{size="small"}': 0, 'parcels{size="large"}': 2, parcels_weight: 7 },
    failures: 0,
  })
})

test('its answer is good for five seconds', async () => {
  const { ask } = start(`select 'parcels_weight' as figure, null as of, random() as value`)
  const first = (await ask()).ours
  expect((await ask()).ours).toEqual(first)
  const now = performance.now.bind(performance)
  vi.spyOn(performance, 'now').mockImplementation(() => now() + 5_001)
  const second = (await ask()).ours
  expect(second.parcels_weight).toBeLessThan(1)
  expect(second).not.toEqual(first)
})

test.each([
  { why: 'a statement that hangs', text: `${parcels} from pg_sleep(4)` },
  { why: 'a statement that fails', text: 'select 1 from no_such_table' },
])('$why leaves them out, is counted, and holds up nobody', async ({ text }) => {
  const { ask, lines, database } = start(text)
  const { ours, failures, took } = await ask()
  expect({ ours, failures }).toEqual({ ours: nothing, failures: 1 })
  expect(took).toBeLessThan(1_000)
  expect(lines.at(-1)).toMatchObject({ level: 'warn', msg: 'the database does not tell its figures' })
  // Within five seconds it is not tried again.
  expect(await ask()).toMatchObject({ ours: nothing, failures: 1 })
  // And no connection is left behind in it.
  await expect.poll(() => database.totalCount - database.idleCount).toBe(0)
})

test('a database that is away leaves them out too', async () => {
  const { ask, database } = start(parcels)
  await database.end()
  const { ours, failures, took } = await ask()
  expect({ ours, failures }).toEqual({ ours: nothing, failures: 1 })
  expect(took).toBeLessThan(1_000)
})

test('where every connection is in use the pool tells so, without these figures and without waiting', async () => {
  const { ask, database } = start(parcels)
  const clients = [await database.connect(), await database.connect()]
  const waiting = [database.query('select 1'), database.query('select 1')]
  const { ours, took, series } = await ask()
  expect(ours).toEqual(nothing)
  expect(took).toBeLessThan(1_000)
  expect(series).toMatchObject({
    'database_pool_connections{state="idle"}': 0,
    'database_pool_connections{state="busy"}': 2,
    database_pool_waiting: 2,
    database_pool_limit: 2,
  })
  for (const client of clients) client.release()
  await Promise.all(waiting)
  await expect
    .poll(async () => (await ask()).series)
    .toMatchObject({
      'database_pool_connections{state="idle"}': 2,
      'database_pool_connections{state="busy"}': 0,
      database_pool_waiting: 0,
    })
})
