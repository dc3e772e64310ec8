import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { startLoad, tally } from '../../faults/load.ts'
import { pastTheCache, requireTestStack, stack } from '../../stack.ts'
import { inspectStack } from '../inspect-stack.ts'
import { counters } from '../policy-service.ts'
import { perl, runIn, startIn } from '../run-in.ts'

beforeAll(requireTestStack)

/** Whom the requests pass through, one after the other. */
const way = ['nginx', 'api-gateway', 'product-api', 'product-db']

/** Packets between two of them that the rules of the moment dropped, in either direction. */
async function droppedOnTheWay(): Promise<string[]> {
  const pairs = way.slice(1).flatMap((to, index) => [`drop_${way[index]}__${to}__`, `drop_${to}__${way[index]}__`])
  const dropped = [...(await counters())].filter(
    ([name, packets]) => packets > 0 && pairs.some((pair) => name.startsWith(pair)),
  )
  return dropped.map(([name, packets]) => `${name} ${packets}`)
}

test('twenty reloads of the rules under load cut no allowed connection and open no denied one', async () => {
  const { services } = await inspectStack()
  const orderDb = services.find(({ name }) => name === 'order-db')?.addresses[0]?.address ?? ''
  const denied = await startIn(`${stack.prefix}-product-db`, perl('insist', orderDb, '5432', '6'))
  const load = startLoad('/api/products', { init: () => ({ headers: pastTheCache }) })
  for (let reload = 0; reload < 20; reload++) {
    expect(await runIn(`${stack.prefix}-network-policy`, ['nft', '--file', '/tmp/policy.nft'])).toBe('')
    await sleep(200)
    // Each reload begins to count anew.
    expect(await droppedOnTheWay()).toEqual([])
  }
  const outcomes = await load.stop()
  expect(tally(outcomes)).toEqual({ 200: outcomes.length })
  expect(outcomes.length).toBeGreaterThan(100)
  const printed = await denied.ended
  expect(printed).toMatch(/tried \d{3,}/)
  expect(printed).toMatch(/end\n$/)
  expect(printed).not.toContain('open')
})
