import { performance } from 'node:perf_hooks'
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Identity } from './identity.ts'

/** What a service measures of itself, for whoever asks its plain port. Where there are none, nothing is measured. */
export type Metrics = Registry

/** With those that any process of Node has. */
export function createMetrics(): Metrics {
  const metrics = new Registry()
  // Looks at the event loop's lag so many milliseconds apart; at the default of 10 five idle services take 3 % of a core.
  collectDefaultMetrics({ register: metrics, eventLoopMonitoringPrecision: 50 })
  const help = 'Time in which the event loop had something to do'
  total(metrics, 'nodejs_eventloop_active_seconds_total', help, () => performance.eventLoopUtilization().active / 1_000)
  return metrics
}

/** Buckets in seconds: from a read of one row to the longest that anybody waits for an answer. */
export const durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** A value that is looked up when somebody asks. */
export function gauge(metrics: Metrics | undefined, name: string, help: string, read: () => number): void {
  if (!metrics) return
  new Gauge({
    ...{ name, help, registers: [metrics] },
    collect() {
      this.set(read())
    },
  })
}

/** @returns counts one more */
export function counter(metrics: Metrics | undefined, name: string, help: string): () => void {
  if (!metrics) return () => {}
  const counted = new Counter({ name, help, registers: [metrics] })
  return () => counted.inc()
}

/** What somebody else has counted; nothing is told while that is not known. */
export function total(metrics: Metrics | undefined, name: string, help: string, read: () => number | undefined): void {
  if (!metrics) return
  new Counter({
    ...{ name, help, registers: [metrics] },
    collect() {
      const count = read()
      this.remove()
      if (count !== undefined) this.inc(count)
    },
  })
}

/**
 * The same for each value of a label. A series begins with 0 when its value is named: of one that begins with its first event nobody
 * could tell a rate.
 */
export function counterBy(
  metrics: Metrics | undefined,
  name: string,
  help: string,
  label: string,
): (value: string) => () => void {
  if (!metrics) return () => () => {}
  const counted = new Counter({ name, help, labelNames: [label], registers: [metrics] })
  return (value) => {
    const series = counted.labels(value)
    series.inc(0)
    return () => series.inc()
  }
}

export function measureIdentity(metrics: Metrics | undefined, identity: Identity): void {
  const help = 'When the certificate runs out by which others believe this service'
  gauge(metrics, 'identity_not_after_timestamp_seconds', help, () => identity.expires().getTime() / 1_000)
}
