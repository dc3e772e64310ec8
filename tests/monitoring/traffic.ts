import { shop } from './stack.ts'

const json = { 'content-type': 'application/json' }

/** A little of everything that is measured. */
export async function makeTraffic(): Promise<void> {
  const send = async (path: string, body?: object) => {
    const init = body === undefined ? {} : { method: 'POST', headers: json, body: JSON.stringify(body) }
    return (await fetch(`${shop}${path}`, init)).text()
  }
  for (let turn = 0; turn < 5; turn++) {
    await Promise.all([send('/'), send(`/api/products?limit=${turn + 1}`), send('/api/products/999999')])
    await send('/api/orders', { product_id: turn + 1, quantity: 1 })
    await send('/api/auth/login', { email: 'nobody@example.com', password: 'not the right one' })
  }
}
