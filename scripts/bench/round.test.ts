import { expect, test } from 'vitest'
import { parseRound, resultOf } from './round.ts'

const output = `Running 3s test @ http://127.0.0.1
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     8.50ms    3.10ms  91.57ms   88.00%
    Req/Sec     3.90k   120.00     4.20k    70.00%
  11718 requests in 3.00s, 5.60MB read
Requests/sec:   3906.00
Transfer/sec:      1.87MB
{"requests":11718,"seconds":3.001000,"p50":8.500,"p99":41.830,"refused":2,"broken":1}
`

test('the JSON line is read from behind the report of wrk', () => {
  expect(parseRound(output)).toEqual({ requests: 11_718, seconds: 3.001, p50: 8.5, p99: 41.83, refused: 2, broken: 1 })
})

test('a run that reported nothing is a failure', () => {
  expect(() => parseRound('unable to connect to 127.0.0.1:80 Connection refused\n')).toThrow(/expected wrk to report/)
})

test('a result has the medians of its rounds, and every failed request of any of them', () => {
  const round = { requests: 300, seconds: 3, p50: 1, p99: 10, refused: 0, broken: 0 }
  const rounds = [
    round,
    { ...round, requests: 900, p50: 3, refused: 2 },
    { ...round, requests: 600, p50: 2, p99: 30, broken: 1 },
  ]
  expect(resultOf(rounds)).toEqual({ requestsPerSecond: 200, p50: 2, p99: 10, requests: 1_800, failed: 3 })
})
