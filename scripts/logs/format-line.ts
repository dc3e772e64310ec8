import { styleText } from 'node:util'
import type { LogLine } from './log-line.ts'

const colours = { debug: 'gray', warn: 'yellow', error: 'red', fatal: 'red' } as const

/** One line for people: time, service, level, what happened, and of a request how it ended. Colours are left out where `stream` shows none. */
export function formatLine(line: LogLine, stream: NodeJS.WritableStream): string {
  const { time = '', service = '?', level = '?', msg = '', method, path, status, ms, cache, waf, err } = line
  const colour = colours[level as keyof typeof colours]
  const request = [
    method,
    path,
    status,
    ms === undefined ? undefined : `${ms} ms`,
    cache === undefined || cache === 'none' ? undefined : `cache ${cache}`,
    // A finding of the WAF has its own line, which says this itself.
    waf === 'blocked' && status !== undefined ? 'WAF blocked' : undefined,
  ].filter((part) => part !== undefined)
  const parts = [
    time.slice(11, 23).padEnd(12),
    service.padEnd(12),
    level.padEnd(5),
    printable(msg),
    ...request.map(printable),
  ]
  const head = parts.join('  ')
  const failure = err
    ? `\n    ${(err.stack ?? `${err.type}: ${err.message}`).split('\n').map(printable).join('\n    ')}`
    : ''
  return colour ? styleText(colour, head + failure, { stream }) : head + failure
}

/** A path holds what a stranger sent: nothing in it may steer the terminal. */
export function printable(text: string | number): string {
  return String(text).replace(/[\p{Cc}\p{Cf}]/gu, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
