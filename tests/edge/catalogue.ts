import { setTimeout as sleep } from 'node:timers/promises'
import { stack } from '../stack.ts'

export type Product = { id: number; price: number; stock: number }

const json = { 'content-type': 'application/json' }

/** Asks the API as the demo's user who is everything. */
async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const answer = await fetch(stack.url + path, { method, headers: json, body: body ? JSON.stringify(body) : null })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (answer.status === 204 ? undefined : await answer.json()) as Answer
}

/** A product of the test's own, taken off sale at its end. */
export async function testProduct(fields: object = {}) {
  const product = await ask<Product>('POST', '/api/products', { name: 'Cached', price: 1, stock: 1_000, ...fields })
  const path = `/api/products/${product.id}`
  return {
    ...product,
    path,
    change: (changes: object) => ask<Product>('PATCH', path, changes),
    order: (quantity: number) => ask<object>('POST', '/api/orders', { product_id: product.id, quantity }),
    [Symbol.asyncDispose]: () => ask<void>('DELETE', path),
  }
}

export type Read = { status: number; body: string; headers: Headers; cache: string | null; requestId: string }

export async function read(path: string, headers: Record<string, string> = {}): Promise<Read> {
  const answer = await fetch(stack.url + path, { headers })
  return {
    status: answer.status,
    body: await answer.text(),
    headers: answer.headers,
    cache: answer.headers.get('cache-status'),
    requestId: answer.headers.get('x-request-id') ?? '',
  }
}

/** Until a second has begun: nginx counts in whole ones. */
export function nextSecond(): Promise<void> {
  return sleep(1_000 - (Date.now() % 1_000) + 20)
}
