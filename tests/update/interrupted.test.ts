import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { beforeAll, expect, test } from 'vitest'
import { drift, nothing } from '../drift/run.ts'
import { container, exec, requireTestStack, stack } from '../stack.ts'
import { fullRate, startMixedLoad } from './mixed-load.ts'
import { neverReady, offer } from './offer.ts'
import { imageOf, leftBehind, update } from './operate.ts'

beforeAll(requireTestStack)

/** Milliseconds after a step's line at which the update is killed: while the step that follows is on its way. */
const steps = [
  { service: 'order-api', name: 'order-api', after: /^$/, ms: 300 },
  { service: 'order-api', name: 'order-api', after: /^$/, ms: 1_500 },
  { service: 'order-api', name: 'order-api', after: /healthy beside/, ms: 0 },
  { service: 'order-api', name: 'order-api', after: /healthy beside/, ms: 700 },
  { service: 'order-api', name: 'order-api', after: /healthy beside/, ms: 1_500 },
  { service: 'api-gateway', name: 'gateway', after: /healthy beside/, ms: 700 },
  { service: 'api-gateway', name: 'gateway', after: /is replaced/, ms: 0 },
  { service: 'frontend', name: 'frontend', after: /is replaced/, ms: 1_500 },
  { service: 'nginx', name: 'nginx', after: /^$/, ms: 4_500 },
  { service: 'nginx', name: 'nginx', after: /healthy beside/, ms: 300 },
  { service: 'nginx', name: 'nginx', after: /is replaced/, ms: 0 },
]

test.each(steps)(
  'killed $ms ms after $after, the update of $service leaves a shop that works, and the next one goes on',
  async ({ service, name, after, ms }) => {
    const next = await offer(name)
    // Two updates, of which the second begins while the first has left much to do.
    const load = await startMixedLoad(fullRate / 2)
    const interrupted = await update(`${service} --force 2>&1 | (echo; cat)`, (line, kill) => {
      if (after.test(line)) setTimeout(kill, ms)
    })
    expect(interrupted.status).toBeNull()
    await offer(name)
    const again = await update(`${service} --force`)
    const { failed } = await load.stop()
    expect({ ...again, failed }).toMatchObject({ status: 0, failed: [] })
    expect(await imageOf(name)).not.toBe(next)
    expect(await leftBehind()).toEqual([])
    expect(await drift()).toEqual(nothing)
  },
)

test('what nginx was told by an update that was killed is taken back', async () => {
  await exec('nginx', ['sh', '-c', 'mkdir -p /tmp/next && touch /tmp/next/nginx'])
  expect((await fetch(stack.url)).headers.get('connection')).toContain('close')
  expect(await update('--finish')).toMatchObject({ status: 0 })
  expect((await fetch(stack.url)).headers.get('connection')).not.toContain('close')
})

test('one that becomes healthy beside the old one but not in its place goes back to the old one, and no request fails', async () => {
  const before = await imageOf('payment-api')
  // Only the second copy finds itself at an address like that.
  const beside = `CMD ["bash", "-c", "hostname -I | grep -q '[.]115 *$' && exec node src/main.ts || exec sleep 60"]`
  await offer('payment-api', beside)
  const load = await startMixedLoad()
  const { status, text } = await update('payment-api --patience 10')
  const { failed } = await load.stop()
  expect(text).toMatch(/FAIL: expected the new payment-api to become healthy .* the old one is back/)
  expect({ status, failed }).toEqual({ status: 1, failed: [] })
  expect(await imageOf('payment-api')).toBe(before)
  expect(await leftBehind()).toEqual([])
  expect(await drift()).toEqual(nothing)
})

test('a second update at the same time is refused, and told who is at work', async () => {
  await offer('frontend', neverReady)
  const first = update('frontend --patience 8')
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const second = await update('product-api')
  expect(second.status).toBe(1)
  expect(second.text).toMatch(/FAIL: another scripts\/update\.sh \(process \d+\) is at work in/)
  expect((await first).status).toBe(1)
})

test('who is in quarantine is not replaced', async () => {
  const quarantine = (...words: string[]) =>
    once(spawn('node', ['scripts/quarantine.ts', 'payment-api', ...words]), 'close')
  await offer('payment-api')
  const { Id } = await container('payment-api').inspect()
  await quarantine('--no-evidence')
  try {
    const { status, text } = await update('payment-api')
    expect(text).toContain('payment-api is in quarantine')
    expect(status).toBe(1)
    expect((await container('payment-api').inspect()).Id).toBe(Id)
  } finally {
    await quarantine('--release')
  }
})

test.each([
  { words: '""', says: /expected api-gateway, .* but found ""/ },
  { words: '--finish frontend', says: /expected --finish alone but found frontend/ },
  { words: 'oder-api', says: /expected api-gateway, .* but found "oder-api"/ },
  { words: 'frontend --patience soon', says: /expected --patience to be seconds but found soon/ },
  { words: 'stripe-egress', says: /but found "stripe-egress"/ },
])('"$words" is refused', async ({ words, says }) => {
  const { status, text } = await update(words)
  expect(text).toMatch(says)
  expect(status).toBe(1)
})
