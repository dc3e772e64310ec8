import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { eventually, stack } from '../stack.ts'

export type WafLine = {
  requestId: string
  waf: 'blocked' | 'would be blocked' | 'noticed'
  score: number
  rules: { id: number; where: string; found?: string }[]
}

/** What nginx's WAF wrote about requests since `since` (Unix milliseconds), once it has written about all of `ids`. */
export async function wafLines(since: number, ids: string[] = []): Promise<Map<string, WafLine>> {
  return eventually(10, async () => {
    const lines = await read(since)
    const missing = ids.filter((id) => !lines.has(id))
    if (missing.length > 0) throw new Error(`no line of ${missing.length} requests, ${missing[0]} among them`)
    return lines
  })
}

async function read(since: number): Promise<Map<string, WafLine>> {
  const args = ['logs', '--since', (since / 1_000).toFixed(3), `${stack.prefix}-nginx`]
  const { stdout } = await promisify(execFile)('docker', args, { maxBuffer: 64 * 1024 ** 2 })
  const lines = stdout
    .split('\n')
    .filter((line) => line.includes('"rules":'))
    .map((line) => JSON.parse(line) as WafLine)
  return new Map(lines.map((line) => [line.requestId, line]))
}
