import { expect, test } from 'vitest'
import { recoveryOf } from './recovery.ts'

const order = { email: null, created: 1_000, final: 5_000 }

test.each([
  { why: 'nobody returned meanwhile', returns: [900, 5_100], took: 0 },
  { why: 'one returned', returns: [2_000], took: 3_000 },
  { why: 'the last of several counts', returns: [4_500, 2_000, 6_000], took: 500 },
])('$why', ({ returns, took }) => expect(recoveryOf(order, returns)).toBe(took))
