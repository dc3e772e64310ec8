import { printable } from '../logs/format-line.ts'
import type { LogLine } from '../logs/log-line.ts'

/** What a rule found; without `found` where that is nobody's business, as in a password. */
type Finding = { id: number; what: string; where: string; found?: string }

/** The line that nginx/waf/audit-lines.awk makes of a request in which a rule found something. */
type WafLine = LogLine & { waf: string; score: number; detectionScore: number; rules: Finding[] }

/** The score from which a request is turned away, see nginx/waf/levels.conf. */
const limit = 5

/** What is to be said about one request, from nginx's lines of it. */
export function explain(lines: LogLine[]): string[] {
  const access = lines.find(({ msg }) => msg === 'request')
  const found = lines.find(isWafLine)
  const { method = '?', path = '?' } = access ?? found ?? {}
  const answer = access ? `answered ${access.status} after ${access.ms} ms` : 'not answered yet'
  const head = `${printable(method)} ${printable(path)}: ${answer}`
  if (!found) return [head, 'No rule found anything, or the WAF is off.']
  return [
    head,
    `${found.waf}: score ${found.score} of rules that block, from ${limit} on; ${found.detectionScore} of rules that only watch`,
    ...found.rules.flatMap(({ id, what, where, found: part }) => [
      `  ${id}  ${printable(what)}`,
      ...(where ? [`          in ${printable(where)}${part === undefined ? '' : `: ${printable(part)}`}`] : []),
    ]),
  ]
}

function isWafLine(line: LogLine): line is WafLine {
  return 'rules' in line
}
