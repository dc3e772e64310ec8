import { expect, test } from 'vitest'
import { table } from './table.ts'

test('a table is Markdown whose columns line up', () => {
  expect(
    table(
      ['way in', 'req/s'],
      [
        ['through nginx', '1,200'],
        ['direct', '900'],
      ],
    ),
  ).toBe(
    `
| way in        | req/s |
| ------------- | ----: |
| through nginx | 1,200 |
| direct        |   900 |`.trim(),
  )
})
