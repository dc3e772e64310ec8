import { setTimeout as sleep } from 'node:timers/promises'
import { stack } from '../stack.ts'
import type { Answer } from './model/answers.ts'

export type OrderBody = {
  items: { product_id: number; quantity: number }[]
  email: string
  address: string
  payment_token: string
}

export type Purchase = { key: string | null; body: OrderBody; answers: Answer[] }

/** What came back to every request that was sent: how often each status did. 0 is a connection that broke. */
export type Tally = Record<number, number>

const again = new Set([0, 409, 500, 502, 503, 504])

/**
 * Sends one order until there is an answer that says what became of it: a customer with a key may. One without sends it once.
 *
 * @returns undefined where no answer came within what outlasts any storm
 */
export async function buy(key: string | null, body: OrderBody, tally: Tally): Promise<Answer | undefined> {
  const patience = Date.now() + 150_000
  while (Date.now() < patience) {
    const { retryAfter, ...answer } = await send(key, body)
    tally[answer.status] = (tally[answer.status] ?? 0) + 1
    const isAnswer = !again.has(answer.status) || (answer.status === 409 && retryAfter === null)
    if (isAnswer) return answer
    if (key === null) return undefined
    await sleep(Math.min(Number(retryAfter ?? 1), 1) * 1_000)
  }
  return undefined
}

/** Asks for an order's refund until there is an answer. @throws Error for one that says anything but that it is or will be refunded */
export async function refund(id: number): Promise<void> {
  const patience = Date.now() + 150_000
  while (Date.now() < patience) {
    const status = await ask('POST', `/api/orders/${id}/refund`)
    if (status === 200 || status === 202) return
    if (!again.has(status) || status === 409) throw new Error(`expected a refund of ${id}, but found ${status}`)
    await sleep(1_000)
  }
}

async function ask(method: string, path: string): Promise<number> {
  try {
    return (await fetch(stack.url + path, { method, signal: AbortSignal.timeout(20_000) })).status
  } catch {
    return 0
  }
}

/** Sends an order once. */
export async function send(key: string | null, body: unknown): Promise<Answer & { retryAfter: string | null }> {
  const sent = Date.now()
  try {
    const answer = await fetch(`${stack.url}/api/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key !== null && { 'idempotency-key': key }) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    })
    const text = await answer.text()
    return {
      sent,
      received: Date.now(),
      status: answer.status,
      body: text,
      retryAfter: answer.headers.get('retry-after'),
    }
  } catch {
    return { sent, received: Date.now(), status: 0, body: '', retryAfter: null }
  }
}

/** Puts a product on sale. @returns its id */
export async function putOnSale(name: string, stock: number, price = 9.99): Promise<number> {
  const answer = await fetch(`${stack.url}/api/products`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, price, stock }),
  })
  if (answer.status !== 201) throw new Error(`expected a product, but found ${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { id: number }).id
}

/** Takes products off sale again. */
export async function takeOffSale(ids: number[]): Promise<void> {
  for (const id of ids) await fetch(`${stack.url}/api/products/${id}`, { method: 'DELETE' })
}

export async function readOrder(id: number): Promise<Record<string, unknown>> {
  const answer = await fetch(`${stack.url}/api/orders/${id}`)
  return { httpStatus: answer.status, ...((await answer.json()) as object) }
}
