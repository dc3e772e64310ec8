// Prints what all containers of the shop logged about one request, in order of time.
// Usage: npm run logs -- --request ID [--since 1h] [--json]
//   ID      the X-Request-Id or the Traceparent of an answer, or the requestId of an error
//   --since how far back to look, as docker logs takes it: 10m, 1h, 2026-11-21T18:00:00; all that is kept by default
//   --json  the lines as JSON, with all their fields
// Exits 1 when no line is found.
import { parseArgs } from 'node:util'
import { formatLine } from './logs/format-line.ts'
import { inOrder, type LogLine, lineOf } from './logs/log-line.ts'
import { projectContainers, readLog } from './logs/read-logs.ts'
import { requestReference } from './logs/request-reference.ts'
import { Failure, orUsage, runScript } from './stack/failure.ts'

await runScript(async () => {
  const { request, since, json } = options()
  const id = requestReference(request)
  const lines: LogLine[] = []
  const collect = (text: string) => {
    const line = lineOf(id, text)
    if (line) lines.push(line)
  }

  await Promise.all((await projectContainers()).map((container) => readLog(container, since, collect)))
  if (lines.length === 0) {
    throw new Failure(
      `no container has a line of request ${id}${since ? ` since ${since}` : ''}`,
      'lines appear within a second; old ones are rotated away',
    )
  }
  for (const line of inOrder(lines)) console.log(json ? JSON.stringify(line) : formatLine(line, process.stdout))
})

function options() {
  const known = {
    request: { type: 'string' },
    since: { type: 'string' },
    json: { type: 'boolean', default: false },
  } as const
  return orUsage('npm run logs -- --request ID [--since 1h] [--json]', () => {
    return parseArgs({ options: known }).values
  })
}
