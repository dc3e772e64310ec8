import { alertmanager, prometheus } from './stack.ts'

type Labels = Record<string, string>
type Sample = { metric: Labels; value: [number, string] }

/** Throws what Prometheus says is wrong with a question. */
async function get<Answer>(path: string, parameters: Record<string, string> = {}): Promise<Answer> {
  const answer = await fetch(`${prometheus}/api/v1/${path}?${new URLSearchParams(parameters)}`)
  const { status, error, data } = (await answer.json()) as { status: string; error?: string; data: Answer }
  if (status !== 'success') throw new Error(error)
  return data
}

export async function query(expression: string): Promise<Sample[]> {
  return (await get<{ result: Sample[] }>('query', { query: expression })).result
}

export const labelValues = (label: string, metric: string) =>
  get<string[]>(`label/${label}/values`, { 'match[]': metric })

export async function targets(): Promise<{ health: string; labels: Labels; lastError: string }[]> {
  type Targets = { activeTargets: { health: string; labels: Labels; lastError: string }[] }
  return (await get<Targets>('targets')).activeTargets
}

/** What has come to Alertmanager and fires. */
export async function firing(): Promise<Labels[]> {
  const answer = await fetch(`${alertmanager}/api/v2/alerts?active=true`)
  return ((await answer.json()) as { labels: Labels }[]).map(({ labels }) => labels)
}
