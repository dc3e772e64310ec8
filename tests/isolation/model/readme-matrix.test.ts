import { expect, test } from 'vitest'
import { readMatrix } from './readme-matrix.ts'

const readme = (cell: string) => `
## Names
| service | listens |
|---|---|
| gate | published 80, 443 |
| shop-db | 5432 |
## The communication matrix
| from \\ to | gate | shop-db | host |
|---|---|---|---|
| Internet / host | ✅ 80 | ❌ | – |
| gate | – | ${cell} | ❌ |
| any database | ❌ (never) | ❌ | ❌ |
`

test('ports come from the cell, or from what the target listens on', () => {
  const { edges, rows, columns } = readMatrix(readme('✅'))
  expect(edges.list()).toEqual([
    { from: 'outside', to: 'gate', ports: [80] },
    { from: 'gate', to: 'shop-db', ports: [5432] },
  ])
  expect(rows).toEqual(['outside', 'gate', 'shop-db'])
  expect(columns).toEqual(['gate', 'shop-db', 'host'])
})

test.each(['', 'yes', '✔️'])('a cell with "%s" is an error that names the cell', (cell) => {
  expect(() => readMatrix(readme(cell))).toThrow('gate → shop-db: expected ✅, ❌ or –')
})

test('a README without the table is an error', () => {
  expect(() => readMatrix('# Shop')).toThrow('but found none')
})
