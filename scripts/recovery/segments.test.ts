import { expect, test } from 'vitest'
import { withoutGap } from './segments.ts'

const names = (...numbers: string[]) => numbers.map((number) => `00000001${number}`)

test('segments follow each other, also into the next log', () => {
  const archived = names('00000000000000FE', '00000000000000FF', '0000000100000000')
  expect(withoutGap(archived[0] as string, new Set(archived))).toEqual(archived)
})

test('what is beyond a gap does not count, nor what was before', () => {
  const archived = names('0000000000000001', '0000000000000003', '0000000000000004', '0000000000000006')
  expect(withoutGap(archived[1] as string, new Set(archived))).toEqual(archived.slice(1, 3))
})

test('where the first is missing there is none', () => {
  expect(withoutGap(names('0000000000000001')[0] as string, new Set(names('0000000000000002')))).toEqual([])
})
