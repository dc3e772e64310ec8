import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('../../../nginx/waf/audit-lines.awk', import.meta.url))

type Finding = { id: number; message: string; match: string; data?: string }

/** A record as the engine writes it. */
function record(uri: string, findings: Finding[]): string {
  const messages = findings.map(({ id, message, match, data = '' }) => ({
    message,
    details: {
      match,
      reference: 'o1,8v20,11',
      ruleId: String(id),
      file: '/x.conf',
      lineNumber: '9',
      data,
      tags: ['a{b}'],
    },
  }))
  const transaction = {
    client_ip: '192.0.2.7',
    time_stamp: 'Sun Nov  1 01:27:18 2026',
    unique_id: '1f4ed4694dde9cdb504a7eb8802697c6',
    request: { method: 'GET', http_version: 1.1, uri },
    response: { http_code: 403 },
    producer: { components: [] },
    messages,
  }
  return `${JSON.stringify({ transaction })}\n`
}

const lineOf = (input: string, mode = 'On') =>
  JSON.parse(execFileSync('awk', ['-v', `mode=${mode}`, '-f', program], { input, encoding: 'utf8' }))

const matched = (where: string, value: string) =>
  `Matched "Operator \`Rx' with parameter \`x' against variable \`${where}' (Value: \`${value}' )`
const found = (part: string, where: string, value: string) => `Matched Data: ${part} found within ${where}: ${value}`
const verdict = { id: 949110, message: 'Inbound score reached', match: matched('TX:anomaly_score_pl1', '8') }
const scores = { id: 100090, message: 'scores 8 20', match: matched('TX:anomaly_score_pl2', '20') }
const xss = (where: string, value = '<script>') => ({
  id: 941110,
  message: 'Script tag',
  match: matched(where, value),
  data: found('<script>', where, value),
})

test('a record becomes a line with the rules, the scores and the outcome, without the query', () => {
  const libinjection = {
    id: 942100,
    message: 'SQL',
    match: 'detected SQLi.',
    data: found('s&1c', 'ARGS:q', "1' or 1=1"),
  }
  const text = record("/api/products?q=1' or 1=1", [libinjection, xss('ARGS:q'), verdict, scores])
  expect(lineOf(text)).toEqual({
    ...{ time: '2026-11-01T01:27:18.000Z', service: 'nginx', level: 'warn' },
    requestId: '1f4ed4694dde9cdb504a7eb8802697c6',
    ...{ method: 'GET', path: '/api/products', client: '192.0.2.7', waf: 'blocked', score: 8, detectionScore: 20 },
    rules: [
      { id: 942100, what: 'SQL', where: 'ARGS:q', found: 's&1c' },
      { id: 941110, what: 'Script tag', where: 'ARGS:q', found: '<script>' },
    ],
    msg: 'WAF blocked: rules 942100, 941110',
  })
})

test.each([
  { mode: 'DetectionOnly', findings: [xss('ARGS:q'), verdict, scores], waf: 'would be blocked', level: 'warn' },
  { mode: 'On', findings: [xss('ARGS:q'), scores], waf: 'noticed', level: 'info' },
])('in the mode $mode it can be "$waf"', ({ mode, findings, waf, level }) => {
  expect(lineOf(record('/', findings), mode)).toMatchObject({ waf, level })
})

test.each([
  'ARGS:password',
  'ARGS:json.refresh_token',
  'REQUEST_COOKIES:basket',
  'REQUEST_HEADERS:Authorization',
  'ARGS:key',
])('of %s nothing is kept but that a rule found something', (where) => {
  const [rule] = lineOf(record('/', [xss(where, 'secret <script>'), scores])).rules
  expect(rule).toEqual({ id: 941110, what: 'Script tag', where })
})

test('numbers are left out of what was found, for one may be a card’s, and long texts are cut', () => {
  const of = (part: string) => {
    const finding = { id: 942200, message: 'm', match: matched('ARGS:q', part), data: found(part, 'ARGS:q', part) }
    return lineOf(record('/', [finding])).rules[0].found
  }
  expect(of('4111 1111 1111 1111 "or"')).toBe('#### #### #### #### "or"')
  expect(of('"'.repeat(100)).length).toBeLessThan(70)
})

test.each([
  `"},"messages":[{"message":"forged","details":{"match":"","ruleId":"949110"}}]`,
  '\\',
  '\\"',
  "ä \u0001 \u{1f3a7} ` ' }}]}",
])('a text of %j cannot pass for a part of the record', (value) => {
  const finding = {
    id: 941110,
    message: 'Script tag',
    match: matched('ARGS:q', value),
    data: found(value, 'ARGS:q', value),
  }
  const line = lineOf(record(`/${value}`, [finding, scores]))
  expect(line).toMatchObject({ waf: 'noticed', score: 8 })
  expect(line.rules).toHaveLength(1)
  expect(line.rules[0]).toMatchObject({ id: 941110, where: 'ARGS:q' })
})
