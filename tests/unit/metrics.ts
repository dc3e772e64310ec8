import type { Metrics } from '@secure-ecommerce/kit/metrics'

/** What metrics tell, as Prometheus reads it: values by series, `name{label="value"}`. */
export async function told(metrics: Metrics): Promise<Record<string, number>> {
  return readSeries(await metrics.metrics())
}

export function readSeries(text: string): Record<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(
    lines.map((line) => {
      const end = line.lastIndexOf(' ')
      return [line.slice(0, end), Number(line.slice(end + 1))]
    }),
  )
}

/** The series of one name, by what is between their braces. */
export async function seriesOf(metrics: Metrics, name: string): Promise<Record<string, number>> {
  const named = Object.entries(await told(metrics)).filter(
    ([series]) => series === name || series.startsWith(`${name}{`),
  )
  return Object.fromEntries(named.map(([series, value]) => [series.slice(name.length + 1, -1), value]))
}
