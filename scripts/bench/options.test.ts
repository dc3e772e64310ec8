import { expect, test } from 'vitest'
import { benchOptions } from './options.ts'

test('by default every row is measured, and nothing that changes the shop', () => {
  expect(benchOptions([])).toMatchObject({
    rows: ['list', 'product', 'order', 'page'],
    checkout: false,
    policy: false,
    mtls: false,
    waf: false,
    metrics: false,
    overload: false,
    cache: false,
    scaling: false,
    starts: false,
  })
})

test('--only chooses rows', () => {
  expect(benchOptions(['--only', 'product', '--only', 'list', '--quick'])).toMatchObject({
    rows: ['product', 'list'],
    rounds: 1,
    pairs: 2,
  })
})

test.each(['--overload', 'overload'])('%s measures that too', (word) => {
  expect(benchOptions([word])).toMatchObject({ overload: true, waf: false })
})

test.each([{ args: ['--only', 'checkout'] }, { args: ['--fast'] }, { args: ['list'] }])(
  '$args is refused',
  ({ args }) => {
    expect(() => benchOptions(args)).toThrow(
      expect.objectContaining({ next: expect.stringContaining('npm run bench') }),
    )
  },
)
