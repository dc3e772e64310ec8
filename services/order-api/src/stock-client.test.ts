import { randomUUID } from 'node:crypto'
import { createClient } from '@secure-ecommerce/kit/client'
import { Secret } from '@secure-ecommerce/kit/secret'
import { createApp } from '@secure-ecommerce/product-api/app'
import supertest from 'supertest'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../../tests/unit/database.ts'
import { listen } from '../../../tests/unit/listen.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { identifyIn } from '../../../tests/unit/people.ts'
import { keptTrail } from '../../../tests/unit/trail.ts'
import { stockClient } from './stock-client.ts'

const key = new Secret('stock-key')
const app = createApp({
  ...{ log: silentLog, database: testDatabase('products'), trail: keptTrail, identify: identifyIn('demo') },
  ...{ stockApiKey: key, reservationMinutes: 30, cacheSeconds: 1 },
})
const productApi = await listen(app)
const client = createClient('product-api', productApi.url)
afterAll(async () => {
  await client.close()
  await productApi[Symbol.asyncDispose]()
})

test('product-api understands what order-api asks of stock, with the items as an order has them', async () => {
  const stock = stockClient(client, key)
  const { body } = await supertest(app).post('/api/products').send({ name: 'Mug', price: 12.5, stock: 5 })
  const [kept, given] = [randomUUID(), randomUUID()]
  const items = [{ product_id: body.id, quantity: 2, name: null, price: null }]
  expect(await stock.reserve(kept, items)).toEqual({
    outcome: 'reserved',
    items: [{ product_id: body.id, quantity: 2, name: 'Mug', price_cents: 1250 }],
  })
  expect(await stock.reserve(given, items)).toMatchObject({ outcome: 'reserved' })
  expect(await stock.reserve(randomUUID(), items)).toMatchObject({ outcome: 'refused', reason: 'out_of_stock' })
  expect(await stock.confirm([kept])).toEqual({ confirmed: [kept], lapsed: [] })
  await stock.release([given])
  expect((await supertest(app).get(`/api/products/${body.id}`)).body.stock).toBe(3)
})
