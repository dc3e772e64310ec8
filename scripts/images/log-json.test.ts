import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('log-json.awk', import.meta.url))
const lineOf = (service: string, input: string) =>
  JSON.parse(execFileSync('awk', ['-v', `service=${service}`, '-f', program], { input, encoding: 'utf8' }))

test("an error of nginx keeps its words, and no query: neither the request's nor what was passed on", () => {
  const link = '/api/orders/17?key=AAAAAAAAAAAAAAAAAAAAAA'
  const line = lineOf(
    'nginx',
    `2026/01/31 12:00:00 [error] 42#42: *7 connect() failed (111: Connection refused) while connecting to upstream, client: 192.0.2.7, request: "GET ${link} HTTP/1.1", upstream: "http://10.0.0.12:8080${link}", referrer: "http://localhost/orders/17?key=B"\n`,
  )
  expect(line).toMatchObject({ service: 'nginx', level: 'error', time: '2026-01-31T12:00:00.000Z' })
  expect(line.msg).toContain(
    'request: "GET /api/orders/17?... HTTP/1.1", upstream: "http://10.0.0.12:8080/api/orders/17?..."',
  )
  expect(line.msg).not.toMatch(/key=/)
})

test('quotes and backslashes stay what they are', () => {
  const message = String.raw`path "C:\\x" of \"y\"`
  expect(lineOf('prometheus', `${message}\n`).msg).toBe(message)
})

test('a request that nginx found no place for is in the access log alone', () => {
  const input =
    '2026/01/31 12:00:00 [error] 42#42: *7 no live upstreams while connecting to upstream, client: 192.0.2.7, request: "GET / HTTP/1.1", upstream: "https://frontend/"\n'
  expect(execFileSync('awk', ['-v', 'service=nginx', '-f', program], { input, encoding: 'utf8' })).toBe('')
})

test('a line of PostgreSQL is as it was', () => {
  const line = lineOf('order-db', '2026-01-31 12:00:00.000 UTC [42] ERROR:  operator does not exist: json ? "text"\n')
  expect(line).toEqual({
    ...{ time: '2026-01-31T12:00:00.000Z', service: 'order-db', level: 'error' },
    msg: 'operator does not exist: json ? "text"',
  })
})

test('a line of pgBackRest has its level', () => {
  const text = '2026-01-31 12:00:00.042 P00  ERROR: [082]: unable to push WAL file to the archive\n'
  expect(lineOf('order-db', text)).toEqual({
    ...{ time: '2026-01-31T12:00:00.042Z', service: 'order-db', level: 'error' },
    msg: '[082]: unable to push WAL file to the archive',
  })
})

test.each([
  { line: 'ts=2026-11-03T12:00:00.042Z caller=main.go:589 level=info msg="Starting up" version=2', level: 'info' },
  { line: 'time=2026-11-03T12:00:00.042Z level=WARN source=main.go:42 msg="Starting up" version=2', level: 'warn' },
])('a line of Prometheus with its own words for the fields is $level', ({ line, level }) => {
  expect(lineOf('prometheus', `${line}\n`)).toEqual({
    ...{ time: '2026-11-03T12:00:00.042Z', service: 'prometheus', level },
    msg: 'Starting up version=2',
  })
})

test.each([
  { mark: '*', level: 'info' },
  { mark: '#', level: 'warn' },
])('a line of Redis with $mark is $level', ({ mark, level }) => {
  expect(lineOf('redis', `8:M 03 Nov 2026 12:00:00.042 ${mark} Ready to accept connections tls\n`)).toEqual({
    ...{ time: '2026-11-03T12:00:00.042Z', service: 'redis', level },
    msg: 'Ready to accept connections tls',
  })
})
