import { ServiceError } from '@secure-ecommerce/kit/service-error'
import { expect, test, vi } from 'vitest'
import { newTokens } from '../test/storefront.ts'
import { refreshOnce } from './refresh-once.ts'

test('a token that many bring at once, and again a little later, is taken once', async () => {
  const refresh = refreshOnce()
  const ask = vi.fn(async () => newTokens('customer'))
  const together = await Promise.all([refresh('one', ask), refresh('one', ask), refresh('one', ask)])
  expect(new Set([...together, await refresh('one', ask)]).size).toBe(1)
  await refresh('another', ask)
  expect(ask.mock.calls).toEqual([['one'], ['another']])
})

test('what is over is forgotten', async () => {
  const refresh = refreshOnce(1)
  const ask = vi.fn(async () => newTokens('customer'))
  await refresh('one', ask)
  await vi.waitFor(async () => {
    await refresh('one', ask)
    expect(ask.mock.calls.length).toBeGreaterThan(1)
  })
})

test('a failure is told to all who wait, and not remembered', async () => {
  const refresh = refreshOnce()
  const fail = async () => Promise.reject(new ServiceError('unavailable', 'away'))
  const failed = [refresh('one', fail), refresh('one', fail)]
  for (const each of failed) await expect(each).rejects.toThrow('away')
  const tokens = newTokens('customer')
  expect(await refresh('one', async () => tokens)).toBe(tokens)
})
