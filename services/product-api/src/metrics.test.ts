import { randomUUID } from 'node:crypto'
import { createMetrics } from '@secure-ecommerce/kit/metrics'
import { Secret } from '@secure-ecommerce/kit/secret'
import supertest from 'supertest'
import { expect, test, vi } from 'vitest'
import { testDatabase } from '../../../tests/unit/database.ts'
import { silentLog } from '../../../tests/unit/log.ts'
import { told } from '../../../tests/unit/metrics.ts'
import { identifyIn } from '../../../tests/unit/people.ts'
import { keptTrail } from '../../../tests/unit/trail.ts'
import { createApp } from './app.ts'

const database = testDatabase('products')

function start() {
  const metrics = createMetrics()
  const app = createApp({
    ...{ log: silentLog, metrics, database, trail: keptTrail, identify: identifyIn('demo') },
    ...{ stockApiKey: new Secret('stock-key'), reservationMinutes: 30, cacheSeconds: 1 },
  })
  return { api: supertest(app), tell: () => told(metrics) }
}

test('reservations are counted by what became of them', async () => {
  const { api } = start()
  const { body: mug } = await api.post('/api/products').send({ name: 'Mug', price: 1, stock: 1_000 })
  const ask = (path: string, body: object) =>
    api
      .post(`/internal/stock/${path}`)
      .set('x-api-key', 'stock-key')
      .send(body)
      .expect(({ ok }) => ok)
  const of = async (status: string) => (await start().tell())[`stock_reservations{status="${status}"}`] as number

  // Other tests reserve at the same time.
  await vi.waitFor(async () => {
    const reference = randomUUID()
    const [held, confirmed] = [await of('held'), await of('confirmed')]
    await ask('reservations', { orders: [{ reference, items: [{ product_id: mug.id, quantity: 1 }] }] })
    expect(await of('held')).toBe(held + 1)
    await ask('confirmations', { references: [reference] })
    expect([await of('held'), await of('confirmed')]).toEqual([held, confirmed + 1])
  }, 15_000)
})

test('reads and searches are measured by template', async () => {
  const { api, tell } = start()
  const { body: mug } = await api.post('/api/products').send({ name: 'Mug', price: 1, stock: 1 })
  for (const path of [mug.id, mug.id, 999_999_999, 'mug']) await api.get(`/api/products/${path}`)
  await api.get('/api/products?q=mug')
  await api.put('/api/products')
  const count = (method: string, route: string, status: number) =>
    `http_request_duration_seconds_count{method="${method}",route="${route}",status="${status}"}`
  await expect.poll(tell).toMatchObject({
    [count('GET', '/api/products/{id}', 200)]: 2,
    [count('GET', '/api/products/{id}', 404)]: 1,
    [count('GET', '/api/products/{id}', 400)]: 1,
    [count('GET', '/api/products', 200)]: 1,
    [count('PUT', '/api/products', 405)]: 1,
  })
})
