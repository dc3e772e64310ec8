import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requireTestStack } from '../stack.ts'
import { buy, putOnSale, send, takeOffSale } from './buyer.ts'
import { select } from './psql.ts'
import { run } from './run.ts'

beforeAll(requireTestStack)

const products: number[] = []
afterAll(() => takeOffSale(products))

async function orderOf(stock: number, buyer: string) {
  const product_id = await putOnSale('Last', stock)
  products.push(product_id)
  const body = {
    items: [{ product_id, quantity: 1 }],
    email: `${buyer}@${run}.example`,
    address: 'Last Lane',
    payment_token: 'tok_visa',
  }
  return { product_id, body }
}

const ordersOf = (product: number) =>
  select<{ paid: boolean }>(
    'order-db',
    `select status in ('paid', 'fulfilled') as paid from orders join order_items on order_id = id where product_id = ${product}`,
  )

test('of 50 who want the last unit one gets it', async () => {
  const { product_id, body } = await orderOf(1, 'crowd')
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => buy(`${run}-crowd-${n}`, body, {})))
  expect(Object.groupBy(answers, (answer) => String(answer?.status))).toMatchObject({
    201: { length: 1 },
    409: { length: 49 },
  })
  expect((await ordersOf(product_id)).filter(({ paid }) => paid)).toHaveLength(1)
  expect(await select('product-db', `select stock from products where id = ${product_id}`)).toEqual([{ stock: 0 }])
})

test('the same key twenty times at once is one order, whose answer everybody gets', async () => {
  const { product_id, body } = await orderOf(100, 'impatient')
  const key = `${run}-impatient`
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const first = await send(key, body)
      if (first.status !== 409) return first
      expect(first.retryAfter).toBe('1')
      await sleep(1_000)
      return buy(key, body, {})
    }),
  )
  const different = new Set(answers.map((answer) => `${answer?.status} ${answer?.body}`))
  expect([...different]).toEqual([expect.stringMatching(/^201 /)])
  expect(await ordersOf(product_id)).toEqual([{ paid: true }])
})
