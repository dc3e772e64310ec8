import { expect, test } from 'vitest'
import { certificateLine } from './certificates.ts'
import { answerOf, summary } from './requests.ts'

const answers = (status: number, count: number, ms = 10) => Array.from({ length: count }, () => ({ status, ms }))

test('answers are summed up', () => {
  const all = [...answers(200, 97), ...answers(404, 2, 4), ...answers(503, 1, 300)]
  expect(summary(all, 5)).toEqual({
    text: '100 (0.3/s), 4xx 2, 5xx 1, median 10 ms, 99 % within 10 ms',
    alarm: false,
  })
})

test.each([
  { why: 'no request at all', all: [], alarm: false },
  { why: 'one error in a hundred', all: [...answers(200, 99), ...answers(500, 1)], alarm: false },
  { why: 'two errors in a hundred', all: [...answers(200, 98), ...answers(500, 2)], alarm: true },
  { why: 'mistakes of clients', all: answers(404, 100), alarm: false },
])('$why: alarm $alarm', ({ all, alarm }) => {
  expect(summary(all, 1).alarm).toBe(alarm)
})

test.each([
  { why: 'a request', text: '{"status":200,"ms":101,"msg":"request"}', answer: { status: 200, ms: 101 } },
  { why: 'an error of nginx', text: '{"level":"error","msg":"upstream timed out"}', answer: undefined },
  { why: 'no JSON', text: 'nginx: [emerg]', answer: undefined },
])('$why in the log', ({ text, answer }) => {
  expect(answerOf(text)).toEqual(answer)
})

test.each([
  { days: 30, alarm: false },
  { days: 6.9, alarm: true },
  { days: -1, alarm: true },
])('a certificate with $days days left: alarm $alarm', ({ days, alarm }) => {
  expect(certificateLine('shop', days * 86_400_000, 0)).toEqual({
    text: `shop: ${Math.floor(days)} days left`,
    alarm,
  })
})
