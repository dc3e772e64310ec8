import { expect, test } from 'vitest'
import { rowsTable, yardstickTable } from './report.ts'

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
  ways: [way('nginx, published port', 1_500, 3), way('product-api directly', 3_000)],
}

test('each way stands beside the handler itself, with its failed requests', () => {
  expect(rowsTable([product]).split('\n').slice(2)).toEqual([
    '| product by id | nginx, published port | 1,500 | 2.00 ms | 12.3 ms |    0.50 × |      3 |',
    '| product by id | product-api directly  | 3,000 | 2.00 ms | 12.3 ms |         – |      0 |',
  ])
})

test('the yardstick is what every way is compared with', () => {
  const lines = yardstickTable(product, way('bare', 2_000)).split('\n')
  expect(lines[0]).toContain('2,000 req/s')
  expect(lines.slice(2).map((line) => line.match(/[\d.]+ ×/)?.[0])).toEqual(['0.75 ×', '1.50 ×'])
})
