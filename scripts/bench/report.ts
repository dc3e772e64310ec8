import type { CacheSpeed } from './cache-speed.ts'
import type { CheckoutKind } from './checkout.ts'
import type { Cost } from './cost.ts'
import type { ImageSize } from './images.ts'
import { type Memory, total } from './memory.ts'
import type { MetricsCost } from './metrics-cost.ts'
import type { MeasuredOverload } from './overload.ts'
import type { Row } from './rows.ts'
import type { Scaled } from './scaling.ts'
import type { Starts } from './starts.ts'
import { count, mebibytes, megabytes, milliseconds, ratio, table } from './table.ts'
import type { Measured } from './ways.ts'

export type MeasuredRow = { name: Row['name']; title: string; ways: Measured[] }

/** The ways in beside the handler itself, which is the last way of each row and the one that ratios refer to. */
export function rowsTable(rows: MeasuredRow[]): string {
  const lines = rows.flatMap(({ title, ways }) => {
    const handler = ways.at(-1)
    return ways.map((way) => [
      title,
      way.name,
      count(way.requestsPerSecond),
      milliseconds(way.p50),
      milliseconds(way.p99),
      handler && way !== handler ? ratio(way.requestsPerSecond / handler.requestsPerSecond) : '–',
      count(way.failed),
    ])
  })
  return table(['row', 'way', 'req/s', 'p50', 'p99', 'of direct', 'failed'], lines)
}

/** Product by id against the bare service of the same run. */
export function yardstickTable({ ways }: MeasuredRow, bare: Measured): string {
  const lines = ways.map((way) => [way.name, ratio(way.requestsPerSecond / bare.requestsPerSecond)])
  return table(['product by id', `of a bare Express + pg (${count(bare.requestsPerSecond)} req/s)`], lines)
}

/** Ratios are those to the first line, the reads of the same run. */
export function checkoutTable(kinds: CheckoutKind[]): string {
  const [reads] = kinds
  const lines = kinds.map((kind) => [
    kind.name,
    count(kind.requestsPerSecond),
    milliseconds(kind.p50),
    milliseconds(kind.p99),
    milliseconds(kind.cpu),
    ratio(kind.cpu / (reads?.cpu ?? Number.NaN)),
    kind.transactions.toFixed(2),
  ])
  return table(['by the published port', 'req/s', 'p50', 'p99', 'CPU', 'of a read', 'transactions'], lines)
}

export function memoryTable(idle: Memory, loaded: Memory): string {
  const lines = Object.keys(idle).map((name) => [name, mebibytes(idle[name] ?? 0), mebibytes(loaded[name] ?? 0)])
  return table(['memory', 'idle', 'under load'], [...lines, ['all', mebibytes(total(idle)), mebibytes(total(loaded))]])
}

export function imagesTable(images: ImageSize[]): string {
  const lines = images.map(({ image, bytes, base, beyondBase }) => [
    image,
    megabytes(bytes),
    beyondBase === null ? '–' : megabytes(beyondBase),
    base ?? '–',
  ])
  return table(['image', 'size', 'beyond its base', 'base'], lines)
}

/** The ratio is that to the mean of the two figures of the small catalogue. */
export function scalingTable(scaled: Scaled[]): string {
  const lines = scaled.map(({ name, smallBefore, smallAfter, large }) => [
    name,
    milliseconds(smallBefore),
    milliseconds(large),
    milliseconds(smallAfter),
    ratio((2 * large) / (smallBefore + smallAfter)),
  ])
  return table(['p50 at product-api, without TLS', 'of 1,000', 'of 100,000', 'of 1,000 again', 'ratio'], lines)
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`

/** @param thing what it is the cost of */
export function costTable(thing: string, where: string, { with: kept, without, lost, error, rounds }: Cost): string {
  return table(
    ['of what', `req/s with ${thing}`, 'without', `lost, mean of ${rounds} pairs`, 'standard error'],
    [[where, count(Math.round(kept)), count(Math.round(without)), percent(lost), percent(error)]],
  )
}

/** What is lost of the reads a second, and of the reads for a second of CPU; each with its standard error. */
export function metricsTable(cost: MetricsCost): string {
  const shown = ({ lost, error }: Cost) => `${percent(lost)} ± ${percent(error)}`
  const cpuOfRead = (readsForSecond: number) => milliseconds(1_000 / readsForSecond)
  return table(
    [
      'product reads',
      'req/s with',
      'without',
      'lost',
      'CPU with',
      'without',
      `lost of ${cost.both.reads.rounds} pairs`,
    ],
    Object.entries(cost).map(([thing, { reads, cpu }]) => [
      thing,
      ...[count(Math.round(reads.with)), count(Math.round(reads.without)), shown(reads)],
      ...[cpuOfRead(cpu.with), cpuOfRead(cpu.without), shown(cpu)],
    ]),
  )
}

/** Good is what is answered within a second; ratios are those to the most that was measured. */
export function overloadTable(measured: MeasuredOverload): string {
  const { peak, before, during, after, asked, refused, bought, recovered, health } = measured
  const line = (load: string, good: number, ...others: string[]) => [load, count(good), ratio(good / peak), ...others]
  return table(
    [
      'visitors who ask',
      'good answers/s',
      'of the most',
      'refused/s',
      'who buys is answered',
      'health, p50',
      'longest',
    ],
    [
      line('as fast as they are answered', peak, '–', '–', '–', '–'),
      line('for as many', before, '–', '–', '–', '–'),
      line(
        `for ${(asked / peak).toFixed(1)} times as many`,
        during,
        count(refused),
        `${Math.round(bought * 100)} %`,
        milliseconds(health.p50),
        milliseconds(health.longest),
      ),
      line(`for as many again, after ${recovered} s`, after, '–', '–', '–', '–'),
    ],
  )
}

export function cacheTable({ with: cached, without, lost, error, rounds, bytes }: CacheSpeed): string {
  return table(
    ['one answer', 'req/s from the cache', 'as a file', `of that, mean of ${rounds} pairs`, 'standard error'],
    [
      [
        `product by id, ${count(bytes)} bytes`,
        count(Math.round(cached)),
        count(Math.round(without)),
        ratio(1 - lost),
        ratio(error),
      ],
    ],
  )
}

export function startsTable({ cold, warm, unchanged }: Starts): string {
  return table(
    ['npm start, images built', 'seconds'],
    [
      ['cold: no containers, secrets or data', cold.toFixed(1)],
      ['warm: after npm stop', warm.toFixed(1)],
      ['unchanged: while it runs', unchanged.toFixed(1)],
    ],
  )
}
