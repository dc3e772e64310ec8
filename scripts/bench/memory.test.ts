import { expect, test } from 'vitest'
import { largest, parseStats, total } from './memory.ts'

test('docker stats is read in its units', () => {
  const output =
    'ecom-nginx\t8.5MiB / 64MiB\necom-order-db\t1.5GiB / 2GiB\necom-empty\t0B / 0B\necom-small\t512KiB / 1MiB\n'
  expect(parseStats(output)).toEqual({
    'ecom-nginx': 8_912_896,
    'ecom-order-db': 1_610_612_736,
    'ecom-empty': 0,
    'ecom-small': 524_288,
  })
})

test('the largest sample is the one with the largest sum', () => {
  const sample = largest([
    { a: 1, b: 9 },
    { a: 8, b: 3 },
  ])
  expect(sample).toEqual({ a: 8, b: 3 })
  expect(total(sample)).toBe(11)
})
