import { Histogram } from 'prom-client'
import { durations, gauge, type Metrics } from './metrics.ts'
import { templateFinder } from './path-templates.ts'

/** How many requests are in hand, how long each took and what came of it. */
export type RequestMetrics = {
  begin(): void
  /** @param ms since it came, to the end of its answer */
  end(method: string, path: string, status: number, ms: number): void
}

/** Any other is the first. Whoever sends requests must not be able to make series of them. */
const methods = ['other', 'GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'PUT', 'OPTIONS']

/** @param templates of all paths that are answered; any other is "unknown" */
export function requestMetrics(metrics: Metrics, templates: string[]): RequestMetrics {
  const findTemplate = templateFinder(templates)
  let inHand = 0
  gauge(metrics, 'http_requests_in_flight', 'Requests that are not answered yet', () => inHand)
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its answer; 499 is one whose caller left before that',
    labelNames: ['method', 'route', 'status'],
    buckets: durations,
    registers: [metrics],
  })

  /** By route, and there by method and status in one number: asked for at every request, made once. */
  const series = new Map<string, Map<number, ReturnType<typeof seconds.labels>>>()

  function seriesOf(method: string, route: string, status: number) {
    const place = Math.max(0, methods.indexOf(method))
    const key = status * methods.length + place
    const known = series.get(route)?.get(key)
    if (known) return known
    const made = seconds.labels(methods[place] as string, route, String(status))
    series.set(route, new Map([...(series.get(route) ?? []), [key, made]]))
    return made
  }

  return {
    begin() {
      inHand++
    },
    end(method, path, status, ms) {
      inHand--
      seriesOf(method, findTemplate(path) ?? 'unknown', status).observe(ms / 1_000)
    },
  }
}
