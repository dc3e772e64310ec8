import { type Result, verdicts } from './result.ts'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? '')

function section(title: string, head: string[], rows: string[][]): string {
  if (rows.length === 0) return ''
  const cells = (tag: string, row: string[]) => row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')
  return `<h2>${title} (${rows.length})</h2>
<table><thead><tr>${cells('th', head)}</tr></thead>
<tbody>${rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n')}</tbody></table>`
}

/** One page that needs nothing else. */
export function htmlOf({ at, verdict, tools, findings, accepted, unused, gaps, sboms }: Result): string {
  const head = ['severity', 'kind', 'of', 'id', 'where', 'what', 'repair']
  const rows = (failing: boolean) =>
    findings
      .filter((finding) => finding.fails === failing)
      .map(({ severity, kind, target, id, where, what, fix }) => [
        severity,
        kind,
        target,
        id,
        where,
        what,
        fix ?? 'none yet',
      ])
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Security check</title>
<meta name="viewport" content="width=device-width">
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; color-scheme: light dark }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #8885; vertical-align: top }
td { overflow-wrap: anywhere }
</style></head><body>
<h1>${verdicts[verdict]}</h1>
<p>${escaped(at)} · ${escaped(
    Object.entries(tools)
      .map((pair) => pair.join(': '))
      .join(' · '),
  )}</p>
${section(
  'Not looked at',
  ['what', 'why'],
  gaps.map(({ what, why }) => [what, why]),
)}
${section('Failing', head, rows(true))}
${section('Others', head, rows(false))}
${section(
  'Accepted',
  ['id', 'of', 'where', 'reason', 'until'],
  accepted.map(({ id, target, where, reason, expires }) => [id, target, where, reason, expires]),
)}
${section(
  'Accepted and not found any more',
  ['id', 'of', 'reason'],
  unused.map(({ id, target, reason }) => [id, target, reason]),
)}
${section(
  'Bills of materials',
  ['file'],
  sboms.map((file) => [file]),
)}
</body></html>
`
}
