import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { docker, ownContainers, requireTestStack, stack } from '../stack.ts'
import { buy, putOnSale, send, takeOffSale } from './buyer.ts'
import { logOf } from './container-log.ts'
import { disturb, heal } from './disturb.ts'
import { tablesWith } from './model/dump.ts'
import { targets } from './model/plan.ts'
import { dump } from './psql.ts'
import { quiet } from './quiet.ts'
import { run } from './run.ts'

// Letters and digits alone, so that no encoding hides them.
const mark = randomBytes(6).toString('hex')
const canary = { token: `tok_canary${mark}t`, email: `canary${mark}m`, address: `Canary${mark}a` }
const personal = { email: `${canary.email}@example.com`, address: `1 ${canary.address} Road` }

const products: number[] = []
const began = Date.now()

beforeAll(async () => {
  requireTestStack()
  products.push(await putOnSale('Seed', 100_000), await putOnSale('Seed, sold out', 0))
  const order = (product_id?: number, payment_token = canary.token) => ({
    items: [{ product_id: product_id ?? 0, quantity: 1 }],
    ...personal,
    payment_token,
  })
  const [product, soldOut] = products
  const some = (what: string) => Array.from({ length: 10 }, (_, n) => buy(`${run}-${what}-${n}`, order(product), {}))

  // What goes well, and whatever can be wrong with a request.
  const answers = [
    await buy(`${run}-canary`, order(product), {}),
    await buy(`${run}-canary`, order(product), {}),
    await send(`${run}-canary`, order(soldOut)),
    await send(null, order(soldOut)),
    await send(null, order(999_999_999)),
    await send(null, order(product, 'tok_chargeDeclined')),
    await send(null, order(product, 'tok_simulateLateSuccess')),
    await send(null, order(product, 'tok_simulateTimeout')),
    await send(null, order(product, `${canary.token}!`)),
    await send(null, { ...order(product), items: [] }),
    await send(null, { ...order(product), email: `${canary.email}@@` }),
    await send(null, JSON.stringify(order(product)).slice(0, -1)),
    await send(`${personal.email} is no key`, order(product)),
    await fetch(`${stack.url}/api/orders?email=${personal.email}&payment_token=${canary.token}`),
    await fillIn({ payment_token: 'tok_visa' }),
    await fillIn({ payment_token: 'tok_chargeDeclined' }),
    await fillIn({ payment_token: canary.token }),
  ]
  const expected = [201, 201, 422, 409, 422, 402, 202, 202, 400, 400, 400, 400, 400, 400, 303, 402, 422]
  expect(answers.map((answer) => answer?.status)).toEqual(expected)

  // What goes wrong with everybody else.
  const kills = targets.map((target) => disturb({ at: 0, kind: 'kill', target, for: 500 }))
  await Promise.all([...some('killed'), ...kills])
  await heal(targets)
  await quiet(30)
}, 120_000)

afterAll(async () => {
  await heal(targets)
  await takeOffSale(products)
})

/** Sends the checkout form as a browser without JavaScript does. */
function fillIn(fields: Record<string, string>): Promise<Response> {
  const token = 'a-browser-would-be-got'
  const form = { csrf: token, name: canary.address, ...personal, idempotency_key: crypto.randomUUID(), ...fields }
  return fetch(`${stack.url}/checkout`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: `basket=${products[0]}-1; __Host-csrf=${token}` },
    body: new URLSearchParams(form),
  })
}

test('no log of any container has any of it', async () => {
  const containers = await docker.listContainers({ all: true, filters: ownContainers })
  const names = containers.map(({ Names }) => String(Names[0]).replace(`/${stack.prefix}-`, ''))
  expect(names).toEqual(expect.arrayContaining(targets))
  const told = await Promise.all(
    names.map(async (name) => {
      const written = await logOf(name, began)
      // It watches, and has nothing to say.
      if (name !== 'network-policy') expect(written.length, name).toBeGreaterThan(0)
      const lines = written.filter(({ text }) => Object.values(canary).some((word) => text.includes(word)))
      return lines.map(({ text }) => `${name}: ${text}`)
    }),
  )
  expect(told.flat()).toEqual([])
})

test('the databases keep who ordered where the order is, and the token nowhere once the order is final', async () => {
  const dumps = {
    'order-db': await dump('order-db'),
    'payment-db': await dump('payment-db'),
    'product-db': await dump('product-db'),
  }
  const kept = (word: string) =>
    Object.entries(dumps).flatMap(([name, text]) => tablesWith(word, text).map((table) => `${name} ${table}`))
  expect(kept(canary.token)).toEqual([])
  // An answer that is repeated for 24 hours says what it said: the order.
  const belongs = ['order-db idempotency_keys', 'order-db orders']
  expect(kept(canary.email)).toEqual(belongs)
  expect(kept(canary.address)).toEqual(belongs)
})
