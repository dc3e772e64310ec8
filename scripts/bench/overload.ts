import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Options } from './options.ts'
import { type Overload, overloadOf, parseSeconds, peakOf, type Seconds } from './overload-figures.ts'
import { withOwnStack } from './own-stack.ts'
import { say } from './session.ts'
import { createProduct, productIds } from './shop-api.ts'
import { shopMix } from './shop-mix.ts'
import { median } from './statistics.ts'
import { type MixedRequest, runScriptOfWrk } from './wrk.ts'

/** The load beyond the one that saturates the machine, and how long health takes meanwhile, in milliseconds. */
export type MeasuredOverload = Overload & { health: { p50: number; longest: number }; seconds: Seconds }

/** Visitors think so many times less: five times as many requests, and some more, for who waits for an answer does not ask meanwhile. */
const times = 6.5
const mostUsers = 2_000
const phases = { calm: 12, busy: 10 }

/**
 * On a stack of its own: the most good answers a second, then visitors who ask for as many, for ten seconds for five times as many, and for
 * as many again. Who is refused asks on all the same, as impatient ones do. Visitors come as from elsewhere: past
 * Docker's proxy for loopback, and where there are two processors with one of their own, for they would not take the shop's.
 */
export function measureOverload({ connections }: Options, signal: AbortSignal): Promise<MeasuredOverload> {
  return withOwnStack(async ({ url, run, addressOf }) => {
    say('starting a stack of its own')
    await run('bash', 'scripts/start.sh')
    const [visitors, ...others] = cpus().length > 1 ? cpus().keys() : []
    if (visitors !== undefined)
      await run('bash', '-c', `docker update --cpuset-cpus ${others} $(docker compose ps --quiet)`)
    const onSale = await createProduct(url, { name: 'Reading lamp', price: 10, stock: 1_000_000 })
    const mix = visitorsMix(await productIds(url), onSale)
    const shop = `http://${await addressOf('nginx', 'frontend')}`
    const load = async (connections: number, seconds: number, ...settings: number[]) =>
      parseSeconds(
        await runScriptOfWrk(
          'overload.lua',
          shop,
          mix,
          { connections, seconds, signal, processor: visitors },
          settings.map(String),
        ),
      )

    say('overload: as fast as it can')
    await load(connections, 5, 0, 0, 0, 1)
    const peak = peakOf(await load(connections, 10, 0, 0, 0, 1), 2)

    const users = Math.min(4 * peak, mostUsers)
    const think = (1_000 * users) / (times * peak)
    say(`overload: ${peak} a second, then ${times} times as many`)
    const stop = startAskingForHealth(`${shop}/api/orders/health`, phases)
    const seconds = await load(users, 2 * phases.calm + phases.busy, think, phases.calm, phases.busy, times)
    return { ...overloadOf(seconds, peak, phases), health: await stop(), seconds }
  })
}

/** Visitors look around; of four hundred requests one is an order, so that those who buy do not fill the shop alone when all are five times as many. */
function visitorsMix(products: number[], onSale: number): MixedRequest[] {
  const looks = shopMix(products, onSale).filter(({ method, path }) => method === 'GET' && path !== '/basket')
  const order = { method: 'POST', path: '/api/orders', type: 'application/json' } as const
  const all = Array.from({ length: 399 }, (_, n) => looks[n % looks.length] as MixedRequest)
  return [...all, { ...order, body: `{"product_id":${onSale},"quantity":1}` }]
}

/** Asks every tenth of a second while the load is too much. */
function startAskingForHealth(url: string, { calm, busy }: typeof phases) {
  const asking = (async () => {
    await sleep(calm * 1_000)
    const waits: Promise<number>[] = []
    for (let turn = 0; turn < busy * 10; turn++) {
      waits.push(waitFor(url))
      await sleep(100)
    }
    return Promise.all(waits)
  })()
  return async () => {
    const waits = await asking
    return { p50: median(waits), longest: Math.max(...waits) }
  }
}

/** @returns milliseconds; endless where the answer is not a good one */
async function waitFor(url: string): Promise<number> {
  const started = performance.now()
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined)
  await answer?.arrayBuffer()
  return answer?.ok ? performance.now() - started : Number.POSITIVE_INFINITY
}
