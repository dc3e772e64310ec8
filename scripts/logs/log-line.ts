/** A line that one of our containers wrote. Beyond these fields each service has its own. */
export type LogLine = {
  time?: string
  service?: string
  level?: string
  msg?: string
  requestId?: string
  traceparent?: string
  method?: string
  path?: string
  status?: number
  ms?: number
  /** What nginx's cache and its WAF did. */
  cache?: string
  waf?: string
  err?: { type?: string; message?: string; stack?: string }
}

/** The line, if it is JSON and belongs to the request or trace. */
export function lineOf(id: string, text: string): LogLine | undefined {
  if (!text.includes(id)) return undefined
  const line = parse(text)
  return line && (line.requestId === id || line.traceparent?.split('-')[1] === id) ? line : undefined
}

/** In order of time; in the same millisecond the shorter request first, for it is the one inside the other. */
export function inOrder(lines: LogLine[]): LogLine[] {
  const timeOf = ({ time }: LogLine) => Date.parse(time ?? '') || 0
  return lines.toSorted((a, b) => timeOf(a) - timeOf(b) || (a.ms ?? 0) - (b.ms ?? 0))
}

function parse(text: string): LogLine | undefined {
  try {
    const value = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
