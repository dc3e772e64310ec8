import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requireTestStack, stack } from '../stack.ts'
import { holdUp, slowModes } from './slow-http.ts'

const json = { 'content-type': 'application/json' }
const post = (path: string, body: object) =>
  fetch(stack.url + path, { method: 'POST', headers: json, body: JSON.stringify(body) })

let product: number
beforeAll(async () => {
  requireTestStack()
  const made = await post('/api/products', { name: 'For the patient', price: 1, stock: 1_000_000 })
  product = ((await made.json()) as { id: number }).id
})
afterAll(() => fetch(`${stack.url}/api/products/${product}`, { method: 'DELETE' }))

type Asked = { what: string; status: number; ms: number }

/** Asks every tenth of a second, on whatever connection is free, and waits for nothing in between. */
function startAsking() {
  const kinds = {
    read: () => fetch(`${stack.url}/api/products/${product}`),
    order: () => post('/api/orders', { product_id: product, quantity: 1 }),
    page: () => fetch(`${stack.url}/products/${product}`),
  }
  const asked: Promise<Asked>[] = []
  let stopped = false

  async function ask([what, send]: [string, () => Promise<Response>]): Promise<Asked> {
    const started = performance.now()
    const answer = await send().catch(() => undefined)
    await answer?.arrayBuffer()
    const status = answer?.status ?? 0
    return { what, status, ms: Math.round(performance.now() - started) }
  }
  const asking = (async () => {
    for (let turn = 0; !stopped; turn++) {
      asked.push(ask(Object.entries(kinds)[turn % 3] as [string, () => Promise<Response>]))
      await sleep(100)
    }
  })()
  return async function stop(): Promise<Asked[]> {
    stopped = true
    await asking
    return Promise.all(asked)
  }
}

test.each(slowModes)('1,000 connections with slow $mode keep nobody else waiting', async (way) => {
  const stop = startAsking()
  const together = await holdUp(way, { connections: 1_000, seconds: 15 })
  const asked = await stop()

  console.log(
    `slow ${way.mode}: ${together} at once; the longest wait was ${Math.max(...asked.map(({ ms }) => ms))} ms`,
  )
  if (way.holds) expect(together).toBeGreaterThan(900)
  expect(asked.length).toBeGreaterThan(20)
  const wrong = asked.filter(({ what, status, ms }) => status !== (what === 'order' ? 201 : 200) || ms > 1_000)
  expect(wrong).toEqual([])
})
