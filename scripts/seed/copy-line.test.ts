import { expect, test } from 'vitest'
import { copyLine } from './copy-line.ts'

test('what COPY reads as a separator is escaped', () => {
  const product = {
    number: 7,
    name: 'tab\tbackslash\\',
    description: 'two\nlines',
    category: 'home',
    priceCents: 990,
    stock: 0,
    picture: 'mug',
  } as const
  expect(copyLine(product)).toBe('7\ttab\\tbackslash\\\\\ttwo\\nlines\thome\t990\t0\tmug\n')
})
