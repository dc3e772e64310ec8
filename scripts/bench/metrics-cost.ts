import { setTimeout as sleep } from 'node:timers/promises'
import { docker } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { type Cost, costOf } from './cost.ts'
import type { Options } from './options.ts'
import { type OwnStack, withOwnStack, withStackBeside } from './own-stack.ts'
import { say } from './session.ts'
import { productIds } from './shop-api.ts'
import { runWrk } from './wrk.ts'

export type MetricsCost = { metrics: Cost; logs: Cost; both: Cost }

/** The services, a network of each, and the port at which it tells its metrics. */
const services = [
  { role: 'frontend', network: 'frontend', port: 3000 },
  { role: 'gateway', network: 'frontend', port: 8080 },
  { role: 'product-api', network: 'backend', port: 8001 },
  { role: 'order-api', network: 'backend', port: 8002 },
  { role: 'payment-api', network: 'payment', port: 8003 },
]

const settings = {
  shipped: {},
  blind: { METRICS: 'off' },
  quiet: { LOG_LEVEL: 'warn' },
  mute: { METRICS: 'off', LOG_LEVEL: 'warn' },
}
type Name = keyof typeof settings
const names = Object.keys(settings) as Name[]

/** Of two seconds each: so Prometheus asks once in 14 of the seconds that are measured. */
const roundsBetweenScrapes = 7

/**
 * Product reads by the published port as the shop is shipped, without metrics, without a line of log for each request, and without either;
 * two seconds each in turn, on four stacks of the same images beside the shop. Those that measure are asked for it, as by Prometheus.
 */
export function measureMetricsCost(options: Options, signal: AbortSignal): Promise<MetricsCost> {
  const beside = <Result>(name: Exclude<Name, 'shipped'>, place: number, use: (stack: OwnStack) => Promise<Result>) =>
    withStackBeside({ name, place, settings: settings[name] }, use)
  return withOwnStack((shipped) =>
    beside('blind', 2, (blind) =>
      beside('quiet', 3, (quiet) =>
        beside('mute', 4, (mute) => compare({ shipped, blind, quiet, mute }, options, signal)),
      ),
    ),
  )
}

async function compare(stacks: Record<Name, OwnStack>, options: Options, signal: AbortSignal): Promise<MetricsCost> {
  say('starting four stacks of its own')
  for (const { run } of Object.values(stacks)) await run('bash', 'scripts/start.sh')
  const readers = {} as Record<Name, Reader>
  for (const name of names) {
    readers[name] = await readerOf(stacks[name], options, signal)
    await readers[name](5)
    await expectToDo(name, stacks[name])
  }
  const scrapes = { shipped: await scrapeOf(stacks.shipped), quiet: await scrapeOf(stacks.quiet) }

  const rounds: Record<Name, number>[] = []
  for (let round = 1; round <= options.pairs; round++) {
    say(`metrics and logs, round ${round} of ${options.pairs}`)
    const found = {} as Record<Name, number>
    // They take turns at being first.
    for (const place of names.keys()) {
      const name = names[(place + round) % names.length] as Name
      const reading = readers[name](2)
      const measures = name === 'shipped' || name === 'quiet'
      if (measures && round % roundsBetweenScrapes === 0) await sleep(500).then(scrapes[name])
      found[name] = await reading
    }
    rounds.push(found)
  }

  const costTo = (without: Name) => costOf(rounds.map((found) => ({ with: found.shipped, without: found[without] })))
  return { metrics: costTo('blind'), logs: costTo('quiet'), both: costTo('mute') }
}

/** Reads products for so many seconds, and says how many a second. */
type Reader = (seconds: number) => Promise<number>

async function readerOf({ url }: OwnStack, { connections }: Options, signal: AbortSignal): Promise<Reader> {
  const paths = (await productIds(url)).map((id) => `/api/products/${id}`)
  return async (seconds) => {
    const round = await runWrk(url, { method: 'GET', paths }, { connections, seconds, signal })
    const failed = round.refused + round.broken
    if (failed > 0) throw new Failure(`${failed} of ${round.requests} product reads failed at ${url}`)
    return round.requests / round.seconds
  }
}

/** @returns asks each service for its metrics, once */
async function scrapeOf({ addressOf }: OwnStack): Promise<() => Promise<void>> {
  const urls = await Promise.all(
    services.map(async ({ role, network, port }) => `http://${await addressOf(role, network)}:${port}/metrics`),
  )
  return async () => {
    for (const url of urls) {
      const answer = await fetch(url)
      if (!answer.ok) throw new Failure(`expected metrics at ${url} but found ${answer.status}`)
      await answer.text()
    }
  }
}

/** Stacks that do the same would be compared without a word. */
async function expectToDo(name: Name, { addressOf, nameOf }: OwnStack): Promise<void> {
  const answer = await fetch(`http://${await addressOf('product-api', 'backend')}:8001/metrics`)
  const log = await docker('logs', '--tail', '50', nameOf('product-api'))
  const [measures, logs] = [answer.ok, log.includes('"msg":"request"')]
  const [shallMeasure, shallLog] = [!('METRICS' in settings[name]), !('LOG_LEVEL' in settings[name])]
  if (measures === shallMeasure && logs === shallLog) return
  const said = (measured: boolean, logged: boolean) =>
    `metrics ${measured ? 'on' : 'off'}, logs ${logged ? 'on' : 'off'}`
  throw new Failure(`expected ${said(shallMeasure, shallLog)} but found ${said(measures, logs)}`)
}
