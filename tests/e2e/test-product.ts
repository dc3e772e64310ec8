import { randomUUID } from 'node:crypto'
import { pastTheCache } from '../stack.ts'
import { stackUrl } from './visit.ts'

/** A product that only this test buys, so that the shop's own stock stays as it is. It goes off sale with the test. */
export async function createTestProduct({ stock }: { stock: number }) {
  // One word that nothing else in the shop has, for the search.
  const word = `e2e${randomUUID().replaceAll('-', '').slice(0, 12)}`
  const product = await request<{ id: number }>('POST', '/api/products', {
    name: `O'Brien's 北京 teapot ${word}`,
    description: 'Made by a test, and gone in a minute. <b>Not bold</b> 🫖',
    category: 'home',
    price: 19.99,
    stock,
    picture: 'teapot',
  })
  const path = `/api/products/${product.id}`
  return {
    id: product.id,
    word,
    readStock: async () => (await request<{ stock: number }>('GET', path)).stock,
    [Symbol.asyncDispose]: () => request<void>('DELETE', path),
  }
}

async function request<Body>(method: string, path: string, body?: object): Promise<Body> {
  const answer = await fetch(stackUrl + path, {
    method,
    headers: { ...pastTheCache, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`)
  return (text === '' ? undefined : JSON.parse(text)) as Body
}
