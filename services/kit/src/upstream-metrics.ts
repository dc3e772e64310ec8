import { Histogram } from 'prom-client'
import { errors } from 'undici'
import { durations, type Metrics } from './metrics.ts'

/** Takes down a request to another service that began at `since`: by its answer's status, or by what came instead. */
export type Took = (since: number, result: unknown) => void

const name = 'upstream_request_duration_seconds'
const labelNames = ['target', 'outcome'] as const
type Seconds = Histogram<(typeof labelNames)[number]>

const timeouts = [errors.ConnectTimeoutError, errors.HeadersTimeoutError, errors.BodyTimeoutError]

/** How long the service at that address takes, and what comes of it. */
export function upstreamMetrics(metrics: Metrics | undefined, baseUrl: string): Took {
  if (!metrics) return () => {}
  const seconds = histogramOf(metrics)
  const target = new URL(baseUrl).hostname
  const series = new Map<string, ReturnType<typeof seconds.labels>>()

  function seriesOf(outcome: string) {
    const known = series.get(outcome)
    if (known) return known
    const made = seconds.labels(target, outcome)
    series.set(outcome, made)
    return made
  }

  return function took(since, result) {
    seriesOf(outcomeOf(result)).observe((performance.now() - since) / 1_000)
  }
}

/** One for all services that are called. */
function histogramOf(metrics: Metrics): Seconds {
  const known = metrics.getSingleMetric(name) as Seconds | undefined
  if (known) return known
  return new Histogram({
    name,
    help: 'Time from a request to another service to the end of its answer; aborted is one whose own caller left',
    labelNames,
    buckets: durations,
    registers: [metrics],
  })
}

function outcomeOf(result: unknown): string {
  if (typeof result === 'number') return `${Math.floor(result / 100)}xx`
  if (result === 'aborted') return result
  return timeouts.some((kind) => result instanceof kind) ? 'timeout' : 'error'
}
