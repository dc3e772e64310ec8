import { expect, test } from 'vitest'
import { explain } from './explain.ts'

const requestId = '4bf92f3577b34da6a3ce929d0e0e4736'
const access = { requestId, msg: 'request', method: 'PATCH', path: '/api/products/1', status: 403, ms: 4 }
const waf = {
  ...{ requestId, msg: 'WAF blocked: rules 942100', waf: 'blocked', score: 8, detectionScore: 5 },
  rules: [
    { id: 942100, what: 'SQL Injection', where: 'ARGS:json.name', found: "' or 1\u001b[2J" },
    { id: 941110, what: 'Script tag', where: 'ARGS:json.password' },
  ],
}

test('a request that was turned away shows each rule, where it looked and what it found', () => {
  expect(explain([waf, access])).toEqual([
    'PATCH /api/products/1: answered 403 after 4 ms',
    'blocked: score 8 of rules that block, from 5 on; 5 of rules that only watch',
    '  942100  SQL Injection',
    "          in ARGS:json.name: ' or 1\\u001b[2J",
    '  941110  Script tag',
    '          in ARGS:json.password',
  ])
})

test('a request in which nothing was found says so', () => {
  expect(explain([{ ...access, status: 200 }])).toEqual([
    'PATCH /api/products/1: answered 200 after 4 ms',
    'No rule found anything, or the WAF is off.',
  ])
})
