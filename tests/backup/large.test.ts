import { statSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inSeconds, printFigures } from '../chaos/figures.ts'
import { everyRow } from './every-row.ts'
import { fillOrdersThere } from './fill-orders.ts'
import { backup, backupsFolder, restore } from './operate.ts'
import { runBeside } from './run-beside.ts'
import { changePriceThere, sealedThere, second, selectThere } from './second-stack.ts'

const { BACKUP_PRODUCTS = 100_000, BACKUP_ORDERS = 50_000 } = process.env
/** All that is there or is done has to fit in. */
const patience = 600_000

let folder: ReturnType<typeof backupsFolder>

beforeAll(async () => {
  folder = backupsFolder()
  const { status, text } = await runBeside(second.env, `node scripts/seed.ts --products ${BACKUP_PRODUCTS}`)
  if (status !== 0) throw new Error(text)
  await fillOrdersThere(Number(BACKUP_ORDERS))
  await sealedThere(300)
}, patience)
afterAll(() => folder[Symbol.dispose]())

test(
  `${BACKUP_PRODUCTS} products and ${BACKUP_ORDERS} orders are back within a minute, every row equal`,
  async () => {
    const backedUp = await everyRow(second.prefix)
    const [backupTook, file] = await timed(() => backup(folder.path, second.env))
    await changePriceThere()
    const [restoreTook] = await timed(() => restore(file, second.env))
    printFigures(`\n${BACKUP_PRODUCTS} products and ${BACKUP_ORDERS} orders`, {
      rows: await countRows(),
      file: `${(statSync(file).size / 1e6).toFixed(1)} MB`,
      backup: inSeconds(backupTook),
      restore: `${inSeconds(restoreTook)}, from the command to healthy services`,
    })
    expect(await everyRow(second.prefix)).toEqual(backedUp)
    expect(restoreTook).toBeLessThan(60_000)
  },
  patience,
)

async function timed<Result>(action: () => Promise<Result>): Promise<[number, Result]> {
  const started = performance.now()
  const result = await action()
  return [performance.now() - started, result]
}

async function countRows(): Promise<number> {
  const databases = ['product-db', 'order-db', 'payment-db'] as const
  const counts = await Promise.all(
    databases.map((database) =>
      selectThere<{ rows: number }>(database, 'select sum(n_live_tup) as rows from pg_stat_user_tables'),
    ),
  )
  return counts.flat().reduce((sum, { rows }) => sum + rows, 0)
}
