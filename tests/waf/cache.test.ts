import { expect, test } from 'vitest'
import { logOf } from '../chaos/container-log.ts'
import { stack } from '../stack.ts'
import { send } from './request.ts'
import { wafLines } from './waf-log.ts'
import { useWafMode } from './waf-mode.ts'

useWafMode('On')

const path = '/api/products?limit=7'

test('a request is read also where the answer is there already', async () => {
  const kept = async (headers: Record<string, string> = {}) =>
    (await fetch(stack.url + path, { headers })).headers.get('cache-status')
  await kept()
  await expect.poll(kept).toBe('edge; hit')

  const since = Date.now()
  const attack = await send(stack.url, { path, headers: { referer: "http://localhost/' OR '1'='1" } })
  expect(attack.status).toBe(403)
  expect((await wafLines(since, [attack.requestId])).get(attack.requestId)).toMatchObject({ waf: 'blocked' })
  // What it was answered with is nobody else's.
  expect((await send(stack.url, { path })).status).toBe(200)
})

test('an attack in the query of what may be kept is turned away each time', async () => {
  for (let time = 0; time < 3; time++) {
    const { status } = await send(stack.url, { path: `/api/products?q=${encodeURIComponent("1' OR '1'='1")}` })
    expect(status).toBe(403)
  }
})

test('the access log says that it was blocked', async () => {
  const { requestId } = await send(stack.url, { path: `/?q=${encodeURIComponent('<script>alert(1)</script>')}` })
  await expect.poll(async () => (await accessLine(requestId))?.waf, { timeout: 5_000 }).toBe('blocked')
  const ordinary = await send(stack.url, { path })
  await expect.poll(async () => (await accessLine(ordinary.requestId))?.waf, { timeout: 5_000 }).toBe('passed')
})

async function accessLine(requestId: string): Promise<{ waf: string } | undefined> {
  const lines = (await logOf('nginx', Date.now() - 30_000)).map(({ text }) => text)
  const own = lines.filter((text) => text.includes(requestId)).map((text) => JSON.parse(text))
  return own.find(({ msg }) => msg === 'request')
}
