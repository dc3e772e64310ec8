import { beforeAll, expect, test } from 'vitest'
import { drift, nothing } from '../drift/run.ts'
import { requireTestStack } from '../stack.ts'
import { startMixedLoad } from './mixed-load.ts'
import { neverReady, offer } from './offer.ts'
import { imageOf, leftBehind, rules, update } from './operate.ts'

beforeAll(requireTestStack)

test('a service is replaced under 200 requests a second, of which none fails', async () => {
  const before = await rules()
  const next = await offer('order-api')
  const load = await startMixedLoad()
  const { status, text } = await update('order-api')
  const { failed, share } = await load.stop()
  expect(text).toMatch(/order-api: the new one is healthy in its place/)
  expect({ status, failed }).toEqual({ status: 0, failed: [] })
  expect(share).toBeGreaterThan(0.9)
  expect(await imageOf('order-api')).toBe(next)
  expect(await leftBehind()).toEqual([])
  expect(await rules()).toBe(before)
  expect(await drift()).toEqual(nothing)
})

test('one that never becomes healthy is taken back, and no request fails', async () => {
  const before = await imageOf('product-api')
  await offer('product-api', neverReady)
  const load = await startMixedLoad()
  const { status, text } = await update('product-api --patience 5')
  const { failed } = await load.stop()
  expect(text).toMatch(/FAIL: expected the new product-api to become healthy .* the old one was not touched/)
  expect({ status, failed }).toEqual({ status: 1, failed: [] })
  expect(await imageOf('product-api')).toBe(before)
  expect(await leftBehind()).toEqual([])
  expect(await drift()).toEqual(nothing)
})
