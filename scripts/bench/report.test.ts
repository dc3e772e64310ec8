import { expect, test } from 'vitest'
import { cacheTable, costTable, metricsTable, rowsTable, yardstickTable } from './report.ts'

const way = (name: string, requestsPerSecond: number, failed = 0) => ({
  name,
  url: 'http://127.0.0.1',
  requestsPerSecond,
  p50: 2,
  p99: 12.34,
  requests: 9_000,
  failed,
})
const product = {
  name: 'product' as const,
  title: 'product by id',
  ways: [way('nginx, published port', 1_500, 3), way('product-api directly, without TLS', 3_000)],
}

test('each way stands beside the handler itself, with its failed requests', () => {
  expect(rowsTable([product]).split('\n').slice(2)).toEqual([
    '| product by id | nginx, published port             | 1,500 | 2.00 ms | 12.3 ms |    0.50 × |      3 |',
    '| product by id | product-api directly, without TLS | 3,000 | 2.00 ms | 12.3 ms |         – |      0 |',
  ])
})

test('the yardstick is what every way is compared with', () => {
  const lines = yardstickTable(product, way('bare', 2_000)).split('\n')
  expect(lines[0]).toContain('2,000 req/s')
  expect(lines.slice(2).map((line) => line.match(/[\d.]+ ×/)?.[0])).toEqual(['0.75 ×', '1.50 ×'])
})

test('a cost says of what, where, and how sure it is', () => {
  const lines = costTable('mTLS', 'by the published port', {
    with: 1_800.4,
    without: 2_000,
    lost: 0.1,
    error: 0.0042,
    rounds: 60,
  }).split('\n')
  expect(lines).toEqual([
    '| of what               | req/s with mTLS | without | lost, mean of 60 pairs | standard error |',
    expect.any(String),
    '| by the published port |           1,800 |   2,000 |                 10.0 % |          0.4 % |',
  ])
})

test('the cache stands beside the same bytes as a file', () => {
  const speed = { with: 9_000, without: 12_000, lost: 0.25, error: 0.012, rounds: 10, bytes: 329 }
  const cells = cacheTable(speed).split('\n')[2]?.split('|')
  expect(cells?.map((cell) => cell.trim()).join()).toBe(',product by id, 329 bytes,9,000,12,000,0.75 ×,0.01 ×,')
})

test('metrics and logs cost reads and CPU, each with its error', () => {
  const reads = { with: 1_980, without: 2_000, lost: 0.01, error: 0.002, rounds: 60 }
  const each = { reads, cpu: { ...reads, with: 800, without: 1_000, lost: 0.2 } }
  const lines = metricsTable({ metrics: each, 'request logs': each, both: each }).split('\n')
  const cells = lines[2]?.split('|').map((cell) => cell.trim())
  expect(cells?.join()).toBe(',metrics,1,980,2,000,1.0 % ± 0.2 %,1.25 ms,1.00 ms,20.0 % ± 0.2 %,')
  expect(lines[0]).toContain('60 pairs')
})
