import { expect, test } from 'vitest'
import { metricsText } from './hand-on-metrics.ts'

test('a metric has its kind, and each value its labels', () => {
  const values = [{ labels: { kind: 'a "b"\\c' }, value: 2 }, { value: 0.5 }]
  expect(metricsText([{ name: 'deviations', help: 'What is not as declared', values }])).toBe(
    [
      '# HELP deviations What is not as declared',
      '# TYPE deviations gauge',
      String.raw`deviations{kind="a \"b\"\\c"} 2`,
      'deviations 0.5',
      '',
    ].join('\n'),
  )
})
