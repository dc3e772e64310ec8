import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { batchedRead } from './batched-read.ts'

test('reads of one turn share a query, each gets its own row, and what is missing is undefined', async () => {
  const queries: number[][] = []
  const read = batchedRead(async (ids) => {
    queries.push(ids)
    return ids
      .filter((id) => id < 100)
      .map((id) => ({ id }))
      .reverse()
  })
  expect(await Promise.all([read(1), read(2), read(100), read(1)])).toEqual([
    { id: 1 },
    { id: 2 },
    undefined,
    { id: 1 },
  ])
  await setImmediate()
  expect(await read(1)).toEqual({ id: 1 })
  expect(queries).toEqual([[1, 2, 100], [1]])
})

test('a failed query fails the reads that shared it, and no later one', async () => {
  let fail = true
  const read = batchedRead(async (ids) => {
    if (fail) throw new Error('away')
    return ids.map((id) => ({ id }))
  })
  const outcomes = await Promise.allSettled([read(1), read(2)])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  fail = false
  expect(await read(1)).toEqual({ id: 1 })
})
