import { setTimeout as sleep } from 'node:timers/promises'
import { docker } from '../stack/docker.ts'
import { Failure } from '../stack/failure.ts'
import { type Cost, costOf } from './cost.ts'
import { cpuTimeOf } from './cpu-time.ts'
import type { Options } from './options.ts'
import { type OwnStack, withOwnStack, withStackBeside } from './own-stack.ts'
import { say } from './session.ts'
import { productIds } from './shop-api.ts'
import { runWrk } from './wrk.ts'

/** By reads a second, and by reads for a second of the containers' CPU, on which other work of the machine has less influence. */
export type MetricsCost = Record<'metrics' | 'request logs' | 'both', { reads: Cost; cpu: Cost }>

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

const others = ['nginx', 'product-db', 'order-db', 'payment-db']

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
  const scrapes: Partial<Record<Name, () => Promise<void>>> = {
    shipped: await scrapeOf(stacks.shipped),
    quiet: await scrapeOf(stacks.quiet),
  }

  const rounds: Record<Name, Reading>[] = []
  for (let round = 1; round <= options.pairs; round++) {
    say(`metrics and logs, round ${round} of ${options.pairs}`)
    const found = {} as Record<Name, Reading>
    // They take turns at being first.
    for (const place of names.keys()) {
      const name = names[(place + round) % names.length] as Name
      const scrape = round % roundsBetweenScrapes === 0 ? scrapes[name] : undefined
      const [reading] = await Promise.all([readers[name](2), scrape && sleep(500).then(scrape)])
      found[name] = reading
    }
    rounds.push(found)
  }

  const costTo = (without: Name) => {
    const pairs = (of: keyof Reading) =>
      rounds.map((found) => ({ with: found.shipped[of], without: found[without][of] }))
    return { reads: costOf(pairs('perSecond')), cpu: costOf(pairs('perCpuSecond')) }
  }
  return { metrics: costTo('blind'), 'request logs': costTo('quiet'), both: costTo('mute') }
}

type Reading = { perSecond: number; perCpuSecond: number }

/** Reads products for so many seconds, and says how many they were. */
type Reader = (seconds: number) => Promise<Reading>

async function readerOf({ url, nameOf }: OwnStack, { connections }: Options, signal: AbortSignal): Promise<Reader> {
  const paths = (await productIds(url)).map((id) => `/api/products/${id}`)
  const containers = [...services.map(({ role }) => role), ...others].map(nameOf)
  return async (seconds) => {
    const before = await cpuTimeOf(containers)
    const round = await runWrk(url, { method: 'GET', paths }, { connections, seconds, signal })
    const cpu = (await cpuTimeOf(containers)) - before
    const failed = round.refused + round.broken
    if (failed > 0) throw new Failure(`${failed} of ${round.requests} product reads failed at ${url}`)
    return { perSecond: round.requests / round.seconds, perCpuSecond: round.requests / cpu }
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
