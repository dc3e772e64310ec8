import type { Addresses } from './addresses.ts'
import { withDirect } from './direct.ts'
import { type Memory, memoryOf } from './memory.ts'
import type { Options } from './options.ts'
import { createOrderProducts, removeOrderData } from './order-data.ts'
import type { MeasuredRow } from './report.ts'
import { benchRows, type Row } from './rows.ts'
import { say } from './session.ts'
import { productIds } from './shop-api.ts'
import { type Measured, measureWays, type Way } from './ways.ts'
import { type Load, type Requests, runWrk } from './wrk.ts'
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

  const warm = (url: string, requests: Requests) => runWrk(url, requests, { ...load, seconds: warmUpSeconds })

  /** Memory is looked at while nothing is measured, for looking costs time, and on the way that leads through all layers. */
  async function warmUp(title: string, requests: Requests, ways: Way[]): Promise<void> {
    say(`${title}: warming up`)
    const [first, ...others] = ways as [Way, ...Way[]]
    const [memory] = await Promise.all([memoryOf(containers), warm(first.url, requests)])
    result.loaded.push(memory)
    for (const way of others) await warm(way.url, requests)
  }

  function measure(row: Row): Promise<void> {
    return withDirect(row.handler, async (direct) => {
      const handler = { name: `${row.handler} directly, without TLS`, url: direct.url }
      const ways = [...row.ways, handler]
      await warmUp(row.title, row.requests, ways)
      const yardstick = row.name === 'product' ? await startYardstick(direct.address) : undefined
      try {
        const bare = yardstick && { name: 'bare Express + pg', url: yardstick.url }
        if (bare) await warm(bare.url, row.requests)
        const measured = await measureWays(bare ? [...ways, bare] : ways, row.requests, load, rounds, (way, round) =>
          say(`${row.title}: ${way.name}, round ${round} of ${rounds}`),
        )
        result.rows.push({ name: row.name, title: row.title, ways: bare ? measured.slice(0, -1) : measured })
        if (bare) result.yardstick = measured.at(-1)
      } finally {
        await yardstick?.stop()
      }
    })
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
