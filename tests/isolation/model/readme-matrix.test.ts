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

const profile = (cell: string) => `
| with door, from \\ to | door | resolver | Internet | any other |
|---|---|---|---|---|
| shop-db | ✅ 8443 | ❌ | ❌ | as above |
| door | – | ✅ 53 | ✅ 443 | ❌ |
| any other | ${cell} | ❌ | ❌ | as above |
`

test('the table of a profile counts where the profile is on', () => {
  const [off, other] = [[], ['window']].map((profiles) => readMatrix(readme('❌') + profile('❌'), profiles))
  const on = readMatrix(readme('❌') + profile('❌'), ['door'])
  expect(off).toEqual(readMatrix(readme('❌')))
  expect(other).toEqual(off)
  expect(on.rows).toEqual(['outside', 'gate', 'shop-db', 'door'])
  expect(on.columns).toEqual(['gate', 'shop-db', 'host', 'door', 'resolver', 'Internet'])
  expect(on.edges.list().slice(1)).toEqual([
    { from: 'shop-db', to: 'door', ports: [8443] },
    { from: 'door', to: 'resolver', ports: [53] },
    { from: 'door', to: 'Internet', ports: [443] },
  ])
})

test('nothing can be allowed to whoever is not named', () => {
  expect(() => readMatrix(readme('❌') + profile('✅ 8443'), ['door'])).toThrow(
    'any other → door: expected ❌ or as above in the README, but found "✅ 8443"',
  )
})

test('a README without the table is an error', () => {
  expect(() => readMatrix('# Shop')).toThrow('but found none')
})
