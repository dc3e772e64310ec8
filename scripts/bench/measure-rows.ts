import type { Addresses } from './addresses.ts'
import { type Memory, memoryOf } from './memory.ts'
import type { Options } from './options.ts'
import { createOrderProducts, removeOrderData } from './order-data.ts'
import type { MeasuredRow } from './report.ts'
import { benchRows, type Row } from './rows.ts'
import { say } from './session.ts'
import { productIds } from './shop-api.ts'
import { type Measured, measureWays, type Way } from './ways.ts'
import { type Load, runWrk } from './wrk.ts'
import { startYardstick } from './yardstick.ts'

/** Orders are spread over this many, so that no single stock row decides how fast they are. */
const orderProducts = 1_000

export type Measurement = { rows: MeasuredRow[]; yardstick: Measured | undefined; loaded: Memory[] }

type Bench = { addresses: Addresses; containers: string[]; options: Options; signal: AbortSignal }

/** Measures the chosen rows. What it makes in the shop for that, it removes, also when it fails. */
export async function measureRows({ addresses, containers, options, signal }: Bench): Promise<Measurement> {
  const { connections, seconds, warmUpSeconds, rounds } = options
  const load: Load = { connections, seconds, signal }
  const result: Measurement = { rows: [], yardstick: undefined, loaded: [] }

  const warm = (url: string, row: Row) => runWrk(url, row.requests, { ...load, seconds: warmUpSeconds })

  /** Memory is looked at while nothing is measured, for looking costs time, and on the way that leads through all layers. */
  async function warmUp(row: Row): Promise<void> {
    say(`${row.title}: warming up`)
    const [first, ...others] = row.ways as [Way, ...Way[]]
    const [memory] = await Promise.all([memoryOf(containers), warm(first.url, row)])
    result.loaded.push(memory)
    for (const way of others) await warm(way.url, row)
  }

  async function measure(row: Row): Promise<void> {
    await warmUp(row)
    const yardstick = row.name === 'product' ? await startYardstick(addresses.productApi) : undefined
    try {
      const bare = yardstick && { name: 'bare Express + pg', url: yardstick.url }
      if (bare) await warm(bare.url, row)
      const ways = await measureWays(bare ? [...row.ways, bare] : row.ways, row.requests, load, rounds, (way, round) =>
        say(`${row.title}: ${way.name}, round ${round} of ${rounds}`),
      )
      result.rows.push({ name: row.name, title: row.title, ways: bare ? ways.slice(0, -1) : ways })
      if (bare) result.yardstick = ways.at(-1)
    } finally {
      await yardstick?.stop()
    }
  }

  const withOrders = options.rows.includes('order')
  await removeOrderData()
  try {
    const onSale = await productIds(addresses.published)
    const forOrders = withOrders ? await createOrderProducts(addresses.published, orderProducts, 1_000_000) : []
    const rows = benchRows(addresses, { onSale, forOrders })
    for (const name of options.rows) await measure(rows[name])
  } finally {
    if (withOrders) {
      say('removing what was ordered')
      await new Promise((resolve) => setTimeout(resolve, 1_000)) // for the last orders, whose callers did not wait
      await removeOrderData()
    }
  }
  return result
}
