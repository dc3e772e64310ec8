import { expect, test } from 'vitest'
import { ethernet } from './frame.ts'
import { inRounds } from './rounds.ts'

const [a, b, c] = ['02:00:00:00:00:0a', '02:00:00:00:00:0b', '02:00:00:00:00:0c']
const frame = (from: string, to: string, network = 'n') => ({
  network,
  name: `${from.at(-1)}${to.at(-1)}`,
  frame: ethernet(to, from, 0x0800, Buffer.alloc(1)),
})
const names = (frames: ReturnType<typeof frame>[]) => inRounds(frames).map((round) => round.map(({ name }) => name))

test('a frame to a MAC that was forged before waits for the next round', () => {
  expect(names([frame(a, b), frame(c, b), frame(b, a), frame(c, a)])).toEqual([
    ['ab', 'cb'],
    ['ba', 'ca'],
  ])
})

test('another bridge learned nothing', () => {
  expect(names([frame(a, b), frame(b, a, 'other')])).toEqual([['ab', 'ba']])
})
