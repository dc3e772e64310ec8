import { table } from '../bench/table.ts'
import { type Result, verdicts } from './result.ts'

/** The table on the terminal: what fails, each; what does not, by number. */
export function forPeople({ verdict, findings, accepted, unused, gaps }: Result): string {
  const failing = findings.filter((finding) => finding.fails)
  const rows = failing.map(({ severity, kind, target, id, where, what, fix }) => [
    ...[severity, kind, target, id, where],
    short(what) + (fix ? ` → ${fix}` : ''),
  ])
  return [
    ...(rows.length > 0 ? [table(['severity', 'kind', 'of', 'id', 'where', 'what → repair'], rows), ''] : []),
    ...gaps.map(({ what, why }) => `NOT LOOKED AT: ${what}: ${why}`),
    ...unused.map(({ id, target }) => `NOT FOUND ANY MORE: ${id} of ${target}, accepted in security/accepted.json`),
    `${failing.length} failing, ${findings.length - failing.length} others, ${accepted.length} accepted, ${gaps.length} not looked at`,
    verdicts[verdict],
  ].join('\n')
}

const short = (text: string) => (text.length > 70 ? `${text.slice(0, 69)}…` : text)
