import { expect, test } from 'vitest'
import { grouped } from './grouped.ts'

function recorded(run = async (inputs: number[]) => inputs.map((input) => input * 2)) {
  const groups: number[][] = []
  const call = grouped<number, number>((inputs) => {
    groups.push(inputs)
    return run(inputs)
  }, 3)
  return { call, groups }
}

test('calls of one turn are one group; what comes meanwhile is the next, up to the limit', async () => {
  const { call, groups } = recorded(async (inputs) => {
    await new Promise((resolve) => setTimeout(resolve, 10))
    return inputs.map((input) => input * 2)
  })
  const first = [call(1), call(2)]
  await new Promise((resolve) => setTimeout(resolve, 2))
  const next = [3, 4, 5, 6].map(call)
  expect(await Promise.all([...first, ...next])).toEqual([2, 4, 6, 8, 10, 12])
  expect(groups).toEqual([[1, 2], [3, 4, 5], [6]])
})

test('a group that fails fails for each of its calls, and not for the next', async () => {
  let fail = true
  const { call } = recorded(async (inputs) => {
    if (fail) throw new Error('away')
    return inputs
  })
  const results = await Promise.allSettled([call(1), call(2)])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  fail = false
  expect(await call(3)).toBe(3)
})
