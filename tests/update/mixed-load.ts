import { randomUUID } from 'node:crypto'
import { type Outcome, startLoad } from '../faults/load.ts'
import { eventually, pastTheCache, stack } from '../stack.ts'

/** Requests a second, of all kinds. */
export const fullRate = Number(process.env.UPDATE_RATE ?? 200)

/** Milliseconds for which all have to succeed before anything is judged: connections are made, code is compiled. */
const warm = 5_000

const json = { 'content-type': 'application/json' }

/**
 * People who look, and people who buy a product that is there for this alone, each with a key. nginx's cache has no part in it. Resolves
 * when the shop bears it.
 */
export async function startMixedLoad(rate = fullRate) {
  const id = await putOnSale()
  const order = () => ({
    method: 'POST',
    headers: { ...json, 'idempotency-key': randomUUID() },
    body: JSON.stringify({ product_id: id, quantity: 1 }),
  })
  const look = () => ({ headers: pastTheCache })
  const kinds = [
    { kind: 'page', good: 200, load: startLoad(`/products/${id}`, { perSecond: rate * 0.1, init: look }) },
    { kind: 'read', good: 200, load: startLoad(`/api/products/${id}`, { perSecond: rate * 0.75, init: look }) },
    { kind: 'order', good: 201, load: startLoad('/api/orders', { perSecond: rate * 0.15, init: order }) },
  ]
  const all = (since: number) =>
    kinds.flatMap(({ kind, good, load }) =>
      load.outcomes.filter(({ at }) => at >= since).map((outcome) => ({ kind, good, ...outcome })),
    )
  const failedSince = (since: number) => all(since).filter(({ good, status }) => status !== good)

  async function stop() {
    await Promise.all(kinds.map(({ load }) => load.stop()))
    await fetch(`${stack.url}/api/products/${id}`, { method: 'DELETE' })
  }

  const begun = Date.now()
  const isWarm = async () => {
    const since = Date.now() - warm
    return since > begun && failedSince(since).length === 0 && all(since).length > 0.8 * rate * (warm / 1_000)
  }
  await eventually(30, isWarm).catch(async (error) => {
    await stop()
    throw new Error(`expected a machine that bears ${rate} requests a second`, { cause: error })
  })
  const started = Date.now()
  return {
    /** @returns each request since that got another answer than a shop that works would give */
    async stop() {
      await stop()
      const seconds = (Date.now() - started) / 1_000
      const [outcomes, failed] = [all(started), failedSince(started)]
      const slowest = Math.max(...outcomes.map(({ ms }) => ms))
      console.log(
        `${outcomes.length} requests in ${seconds.toFixed(1)} s, ${failed.length} failed, the slowest ${slowest} ms`,
      )
      return { share: outcomes.length / seconds / rate, failed: failed.map((one) => said(one, started)) }
    },
  }
}

function said({ kind, at, status, ms, failure = '' }: Outcome & { kind: string }, started: number): string {
  return `${kind} at ${((at - started) / 1_000).toFixed(1)} s: ${status} after ${ms} ms ${failure}`.trim()
}

async function putOnSale(): Promise<number> {
  const product = { name: 'Update test', price: 1, stock: 1_000_000 }
  const answer = await fetch(`${stack.url}/api/products`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(product),
  })
  const { id } = (await answer.json()) as { id: number }
  return id
}
