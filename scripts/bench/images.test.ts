import { expect, test } from 'vitest'
import { type Image, sizeOf } from './images.ts'

const image = (name: string, Size: number, ...Layers: string[]): Image => ({
  RepoTags: [name],
  Size,
  RootFS: { Layers },
})
const bases = [image('debian', 70, 'a'), image('node', 200, 'a', 'b')]

test.each([
  { why: 'built on the larger base', layers: ['a', 'b', 'c'], base: 'node', beyondBase: 30 },
  { why: 'built on the smaller base', layers: ['a', 'c'], base: 'debian', beyondBase: 160 },
  { why: 'built on something else', layers: ['c'], base: null, beyondBase: null },
])('an image $why', ({ layers, base, beyondBase }) => {
  expect(sizeOf(image('shop', 230, ...layers), bases)).toEqual({ image: 'shop', bytes: 230, base, beyondBase })
})
