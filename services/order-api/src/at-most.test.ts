import { expect, test } from 'vitest'
import { atMost } from './at-most.ts'

/** Works that end when they are told to. */
function works() {
  const ends: (() => void)[] = []
  const work =
    (fail = false) =>
    () =>
      new Promise<string>((resolve, reject) => ends.push(() => (fail ? reject(new Error('failed')) : resolve('done'))))
  return { work, ends }
}

const soon = () => new Promise((resolve) => setImmediate(resolve))

test('no more than the limit run at once; who waits comes in turn, whether the one before succeeded or not', async () => {
  const run = atMost(2, { places: 5, patience: 60_000 })
  const { work, ends } = works()
  const results = [run(work(true)), run(work()), run(work()), run(work())]
  await soon()
  expect(ends).toHaveLength(2)
  ends[0]?.()
  await expect(results[0]).rejects.toThrow('failed')
  await soon()
  expect(ends).toHaveLength(3)
  for (let n = 1; n < 4; n++) {
    ends[n]?.()
    await soon()
  }
  expect(await Promise.all(results.slice(1))).toEqual(['done', 'done', 'done'])
  expect(await run(async () => 'free again')).toBe('free again')
})

test('who finds the line full, or waits too long in it, is told to come back', async () => {
  const run = atMost(1, { places: 1, patience: 20 })
  const { work, ends } = works()
  const first = run(work())
  const second = run(work())
  await expect(run(work())).rejects.toMatchObject({ status: 503, headers: { 'retry-after': '2' } })
  await expect(second).rejects.toMatchObject({ status: 503 })
  ends[0]?.()
  expect(await first).toBe('done')
  expect(ends).toHaveLength(1)
  expect(await run(async () => 'free again')).toBe('free again')
})
