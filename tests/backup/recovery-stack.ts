import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { change } from '../chaos/psql.ts'
import { quiet } from '../chaos/quiet.ts'
import { everyRow } from './every-row.ts'
import { runBeside } from './run-beside.ts'
import { stackBeside } from './stack-beside.ts'

/** A stack from whose archive any moment can be brought back. */
export const shop = stackBeside({
  ...{ name: 'recovery', prefix: 'erec', network: '10.192', mac: '02:ec:0e' },
  ...{ http: 8482, https: 8445, settings: { POINT_IN_TIME: 'on' } },
})

/** Without the sequences, which go on some numbers further after a crash, and after a recovery too. */
export async function rows(suffix = ''): Promise<unknown> {
  const all = Object.entries(await everyRow(shop.prefix, suffix))
  return all.map(([database, contents]) => ({ database, ...(contents as object), sequences: undefined }))
}

export type Stillness = { moment: string; rows: unknown }

/** Nothing is under way, and all that was written has its seal. @returns the moment, and every row of it */
export async function stillness(): Promise<Stillness> {
  await quiet(30, shop.select)
  await shop.sealed()
  const moment = new Date().toISOString()
  await sleep(20)
  return { moment, rows: await rows() }
}

export const to = (moment: string) => `scripts/restore.sh --to '${moment}' --yes`

export const attempt = (moment: string, env: NodeJS.ProcessEnv = {}) => runBeside({ ...shop.env, ...env }, to(moment))

export const verify = () => runBeside(shop.env, 'node scripts/audit.ts verify')

/** The shop anew, with a base backup of before so many orders. */
export async function startAt(orders: number): Promise<Stillness> {
  await shop.start()
  await shop.run('scripts/backup.sh --base')
  await sell(orders)
  return stillness()
}

/** Brings that moment back, and sees that every row is as it was. */
export async function bringBack({ moment, rows: expected }: Stillness): Promise<void> {
  await shop.run(to(moment))
  expect(await rows()).toEqual(expected)
}

export async function sell(count: number): Promise<void> {
  for (let number = 0; number < count; number++) expect(await shop.order()).toBe(201)
}

/** What an operator does at the wrong prompt. */
export async function damage(): Promise<void> {
  await change('order-db', 'drop table order_items cascade', shop.prefix)
  await change('product-db', 'update products set price_cents = 1', shop.prefix)
  await change('payment-db', 'truncate payments cascade', shop.prefix)
}
