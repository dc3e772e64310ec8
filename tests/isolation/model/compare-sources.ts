import type { Edges } from './edges.ts'

export type Source = 'README' | 'x-communication' | 'loaded' | 'observed'
/** Where two of the sources differ about one pair. */
export type Difference = { from: string; to: string; ports: Record<Source, number[] | null>; problem: string }

const said = (ports: number[] | null) => (ports === null ? 'unknown' : ports.length === 0 ? 'denied' : ports.join(', '))

/**
 * Compares, pair by pair, what is promised, declared, loaded and seen. A source that could not be read is null and differs
 * from every other.
 */
export function differences(rows: string[], columns: string[], sources: Record<Source, Edges | null>): Difference[] {
  const names = Object.keys(sources) as Source[]
  const pairs = new Set(rows.flatMap((from) => columns.filter((to) => to !== from).map((to) => `${from}→${to}`)))
  for (const edges of Object.values(sources)) for (const { from, to } of edges?.list() ?? []) pairs.add(`${from}→${to}`)
  return [...pairs].flatMap((pair) => {
    const [from = '', to = ''] = pair.split('→')
    const ports = Object.fromEntries(
      names.map((name) => [name, sources[name]?.ports(from, to) ?? null]),
    ) as Difference['ports']
    const answers = new Set(names.map((name) => said(ports[name])))
    if (answers.size === 1 && !answers.has('unknown')) return []
    const problem = `${from} → ${to}: ${names.map((name) => `${name} ${said(ports[name])}`).join(' · ')}`
    return [{ from, to, ports, problem }]
  })
}
