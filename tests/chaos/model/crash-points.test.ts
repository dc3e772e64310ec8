import { expect, test } from 'vitest'
import { crashPointsIn } from './crash-points.ts'

test('names each step once, however many places it is in', () => {
  const source = `
    await crashPoint('after-b-before-c')
    if (hurry) await crashPoint('after-a-before-b')
    await crashPoint('after-b-before-c')`
  expect(crashPointsIn('order-api', source)).toEqual([
    { service: 'order-api', name: 'after-a-before-b' },
    { service: 'order-api', name: 'after-b-before-c' },
  ])
})

test('the function itself is no step', () =>
  expect(crashPointsIn('kit', 'export function crashPoint(_name: string): void {}')).toEqual([]))
