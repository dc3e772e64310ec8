import { expect, test } from 'vitest'
import { logOf } from '../chaos/container-log.ts'
import { runScript } from '../scripts/run-script.ts'
import { eventually } from '../stack.ts'
import { nextSecond, read, testProduct } from './catalogue.ts'

type Line = { service: string; requestId: string; msg: string } & Record<string, unknown>

async function lineOf(name: string, requestId: string): Promise<Line> {
  return eventually(5, async () => {
    const lines = await logOf(name, Date.now() - 30_000)
    const own = lines.map(({ text }) => text).filter((text) => text.includes(requestId))
    return own.map((text) => JSON.parse(text) as Line).find(({ msg }) => msg === 'request')
  })
}

test('the access log tells what the cache did, how long each hop took, and what came of the WAF', async () => {
  await using product = await testProduct()
  await nextSecond()
  const [miss, hit, order] = [await read(product.path), await read(product.path), await read('/api/orders?limit=1')]

  const time = expect.any(Number)
  const [asked, kept, other] = await Promise.all([miss, hit, order].map(({ requestId }) => lineOf('nginx', requestId)))
  const waf = expect.stringMatching(/^(off|passed)$/)
  expect(asked).toMatchObject({ cache: 'miss', waf, connectMs: time, headerMs: time, upstreamMs: time, ms: time })
  expect(kept).toMatchObject({ cache: 'hit', waf, connectMs: null, headerMs: null, upstreamMs: null, ms: time })
  expect(other).toMatchObject({ cache: 'none', waf, upstreamMs: time })
  expect(asked?.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/)

  for (const name of ['gateway', 'product-api']) {
    const inside = await lineOf(name, miss.requestId)
    expect(inside).toMatchObject({ path: product.path, status: 200, ms: time })
    expect(String(inside.traceparent).slice(0, 35)).toBe(String(asked?.traceparent).slice(0, 35))
  }
  const told = runScript(`node scripts/logs.ts --request ${hit.requestId} --since 1m`)
  expect(told).toMatchObject({
    status: 0,
    text: expect.stringMatching(/GET {2}\/api\/products\/\d+ {2}200 {2}[\d.]+ ms {2}cache hit\n$/),
  })
})

test('what nobody was asked for has no WAF and no cache in its line', async () => {
  const { requestId } = await read('/api/products//1')
  expect(await lineOf('nginx', requestId)).toMatchObject({
    status: 404,
    cache: 'none',
    waf: expect.stringMatching(/^(off|none)$/),
  })
})
