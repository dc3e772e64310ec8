// What the WAF made of one request: which rules found something, where, the score, and what became of the request.
// Usage: npm run waf -- explain ID [--since 1h]
//   ID      the X-Request-Id of an answer, or the requestId of an error
//   --since how far back to look, as docker logs takes it; all that is kept by default
// Exits 1 when nginx has no line of the request.
import { parseArgs } from 'node:util'
import { type LogLine, lineOf } from './logs/log-line.ts'
import { readLog } from './logs/read-logs.ts'
import { requestReference } from './logs/request-reference.ts'
import { containerName } from './stack/docker.ts'
import { Failure, orUsage, runScript } from './stack/failure.ts'
import { explain } from './waf/explain.ts'

const usage = 'npm run waf -- explain ID [--since 1h]'

await runScript(async () => {
  const { id, since } = options()
  const lines: LogLine[] = []
  await readLog(containerName('nginx'), since, (text) => {
    const line = lineOf(id, text)
    if (line) lines.push(line)
  })
  if (lines.length === 0) {
    throw new Failure(
      `nginx has no line of request ${id}${since ? ` since ${since}` : ''}`,
      'lines appear within a second; old ones are rotated away, and all with their container',
    )
  }
  console.log(explain(lines).join('\n'))
})

function options() {
  return orUsage(usage, () => {
    const { values, positionals } = parseArgs({ options: { since: { type: 'string' } }, allowPositionals: true })
    const [command, id, ...others] = positionals
    if (command !== 'explain' || others.length > 0) throw new Error('expected explain and the id of a request')
    return { id: requestReference(id, usage), since: values.since }
  })
}
