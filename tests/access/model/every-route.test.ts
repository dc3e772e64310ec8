import { randomUUID } from 'node:crypto'
import { Secret } from '@secure-ecommerce/kit/secret'
import { createApp as createProductApi } from '@secure-ecommerce/product-api/app'
import supertest from 'supertest'
import { expect, test } from 'vitest'
import { openApiDocument } from '../../../scripts/openapi/document.ts'
import { testDatabase } from '../../unit/database.ts'
import { silentLog } from '../../unit/log.ts'
import { orderService } from '../../unit/order-service.ts'
import { bearer, identifyIn } from '../../unit/people.ts'
import { keptTrail } from '../../unit/trail.ts'
import { type Expectation, expectations } from './expectations.ts'

const [products, orders] = [testDatabase('products'), testDatabase('orders')]
const modes = ['enforced', 'demo'] as const
const services = Object.fromEntries(
  modes.map((mode) => [
    mode,
    {
      products: supertest(
        createProductApi({
          ...{ log: silentLog, database: products, trail: keptTrail, identify: identifyIn(mode) },
          ...{ stockApiKey: new Secret('stock-key'), reservationMinutes: 30, cacheSeconds: 1 },
        }),
      ),
      orders: orderService(orders, mode),
    },
  ]),
) as Record<(typeof modes)[number], Record<'products' | 'orders', ReturnType<typeof supertest>>>

/** What is described: everything but the four places that say whether something works. */
const operations = Object.entries(openApiDocument().paths).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, { operationId: string; 'x-access': string | string[] }>)
    .filter(([, { operationId }]) => !operationId.endsWith('Health'))
    .map(([method, { operationId, 'x-access': access }]) => ({ name: operationId, method, path, access })),
)

test('the table has every operation that is described, and no other', () => {
  expect(Object.keys(expectations).sort()).toEqual(operations.map(({ name }) => name).sort())
})

test.each(operations)('the description of $name says who may call it as the table does', ({ name, access }) => {
  const { none, customer } = expectations[name] as Expectation
  const expected = none !== 401 ? 'anyone' : customer !== 403 ? 'signed-in' : ['staff', 'admin']
  expect(access).toEqual(expected)
})

const password = 'correct horse battery'
const register = async () => {
  const email = `${randomUUID()}@example.com`
  const { body } = await services.enforced.orders.post('/api/auth/register').send({ email, password, name: 'Ada' })
  return { email, id: body.id as string }
}
const [ada, bob, sam, root] = [await register(), await register(), await register(), await register()]
const callers = {
  none: {},
  customer: await bearer('customer', ada.id),
  anotherCustomer: await bearer('customer', bob.id),
  staff: await bearer('staff', sam.id),
  admin: await bearer('admin', root.id),
  demo: {},
} satisfies Record<keyof Expectation, object>
type Who = keyof typeof callers

/** A request to an operation that could not be more right but for who makes it. */
const requests: Record<string, () => Promise<{ id?: number; body?: object }>> = {
  createProduct: async () => ({ body: { name: 'Mug', price: 12.5, stock: 1 } }),
  readProduct: async () => ({ id: await product() }),
  changeProduct: async () => ({ id: await product(), body: { stock: 2 } }),
  deleteProduct: async () => ({ id: await product() }),
  placeOrder: async () => ({ body: { product_id: 1, quantity: 1 } }),
  readOrder: async () => ({ id: (await order(callers.customer)).id }),
  refundOrder: async () => ({ id: (await order(callers.customer)).id }),
  register: async () => ({ body: { email: `${randomUUID()}@example.com`, password, name: 'Eve' } }),
  login: async () => ({ body: { email: bob.email, password } }),
  refresh: async () => ({ body: { refresh_token: await refreshToken() } }),
  logout: async () => ({ body: { refresh_token: await refreshToken() } }),
}

async function product(): Promise<number> {
  const { body } = await services.demo.products.post('/api/products').send({ name: 'Mug', price: 12.5, stock: 1 })
  return body.id
}

async function order(who: Record<string, string>): Promise<{ id: number; follow?: string }> {
  const { body } = await services.enforced.orders.post('/api/orders').set(who).send({ product_id: 1, quantity: 1 })
  return body
}

async function refreshToken(): Promise<string> {
  const { body } = await services.enforced.orders.post('/api/auth/login').send({ email: ada.email, password })
  return body.refresh_token
}

const serviceOf = (path: string, mode: (typeof modes)[number]) =>
  services[mode][path.startsWith('/api/products') ? 'products' : 'orders']

const cells = operations.flatMap((operation) =>
  (Object.keys(callers) as Who[]).flatMap((who) => {
    const status = expectations[operation.name]?.[who]
    // Who shows credentials is the same in both modes.
    const inModes = who === 'none' ? (['enforced'] as const) : who === 'demo' ? (['demo'] as const) : modes
    return inModes.map((mode) => ({ ...operation, who, mode, status }))
  }),
)

test.each(cells)('$mode: $name by $who is $status', async ({ name, method, path, who, mode, status }) => {
  const { id, body } = (await requests[name]?.()) ?? {}
  const target = path.replace('{id}', String(id))
  const request = serviceOf(path, mode)[method as 'get' | 'post' | 'patch' | 'delete'](target).set(callers[who])
  const answer = await (body ? request.send(body) : request)
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status })
})

test.each(cells.filter(({ name }) => name === 'readOrder'))(
  "$mode: a guest's order is there for $who with its link, and without it for those alone who see every order",
  async ({ who, mode }) => {
    const { id, follow } = await order({})
    const read = (path: string) => services[mode].orders.get(path).set(callers[who])
    expect((await read(follow as string)).status).toBe(200)
    const seesAll = ['staff', 'admin', 'demo'].includes(who)
    expect((await read(`/api/orders/${id}`)).status).toBe(seesAll ? 200 : 404)
  },
)

test('what a service answers beside the described operations is not for people', async () => {
  for (const mode of modes) {
    for (const [service, path] of [
      ['products', '/internal/stock/reservations'],
      ['orders', '/internal/payment-events'],
    ] as const) {
      for (const who of Object.values(callers)) {
        expect((await services[mode][service].post(path).set(who).send({})).status).toBe(403)
      }
    }
  }
})
