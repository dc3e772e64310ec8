import { expect, test } from 'vitest'
import { silentLog } from '../../../tests/unit/log.ts'
import { createDueWorker, createWorker } from './worker.ts'

const turn = () => new Promise((resolve) => setTimeout(resolve, 20))

function counted(run: (looks: number) => Promise<boolean>, every = 60_000) {
  let looks = 0
  const worker = createWorker({ name: 'test', log: silentLog, every, run: () => run(++looks) })
  return { worker, looks: () => looks }
}

test('it looks again at once while there is more, then waits until it is woken', async () => {
  const { worker, looks } = counted(async (count) => count < 3)
  worker.start()
  await turn()
  expect(looks()).toBe(3)
  worker.wake()
  await turn()
  expect(looks()).toBe(4)
  await worker.stop()
})

test('a wake during a look is not lost', async () => {
  const { worker, looks } = counted(async (count) => {
    if (count === 1) worker.wake()
    return false
  })
  worker.start()
  await turn()
  expect(looks()).toBe(2)
  await worker.stop()
})

test('a look that fails is followed by the next', async () => {
  const { worker, looks } = counted(async () => Promise.reject(new Error('away')), 1)
  worker.start()
  await turn()
  expect(looks()).toBeGreaterThan(1)
  await worker.stop()
})

test('stopping waits for the look in hand and begins no other', async () => {
  let done = false
  const { worker, looks } = counted(async () => {
    await turn()
    done = true
    return true
  })
  worker.start()
  await worker.stop()
  expect(done).toBe(true)
  expect(looks()).toBe(1)
})

test('what is due is worked on side by side, up to the limit; stopping waits for what is in hand', async () => {
  const due = [1, 2, 3, 4]
  const begun: number[] = []
  const finish = new Map<number, () => void>()
  const worker = createDueWorker({
    ...{ name: 'test', log: silentLog, every: 5, limit: 2 },
    claim: async (limit) => due.splice(0, limit),
    handle: (item) => {
      begun.push(item)
      return new Promise((resolve) => finish.set(item, resolve))
    },
  })
  worker.start()
  await turn()
  expect(begun).toEqual([1, 2])
  finish.get(2)?.()
  await turn()
  expect(begun).toEqual([1, 2, 3])

  let stopped = false
  const stop = worker.stop().then(() => {
    stopped = true
  })
  await turn()
  expect(stopped).toBe(false)
  for (const each of finish.values()) each()
  await stop
  expect(begun).toEqual([1, 2, 3])
})
