import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runScript } from '../scripts/run-script.ts'
import { eventually, exec, requireTestStack, stack } from '../stack.ts'

requireTestStack()

const audit = (args: string) => runScript(`node scripts/audit.ts ${args}`)

/** As the superuser, past the triggers. */
async function tamper(statement: string): Promise<void> {
  const sql = `set session_replication_role = replica; ${statement}`
  const { exitCode, output } = await exec('order-db', [
    'psql',
    '-qX',
    '-v',
    'ON_ERROR_STOP=1',
    '-U',
    'postgres',
    '-d',
    'orders',
    '-c',
    sql,
  ])
  if (exitCode !== 0) throw new Error(output)
}

/** Everything that was written has its seal. */
const settled = () =>
  eventually(10, async () => {
    const { text } = audit('verify')
    return !text.includes('without seal') && text
  })

async function post(path: string, body: object): Promise<{ id: number; request: string }> {
  const answer = await fetch(`${stack.url}${path}`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  })
  expect(answer.status).toBe(201)
  const { id } = (await answer.json()) as { id: number }
  return { id, request: answer.headers.get('x-request-id') as string }
}

let product: number
let order: number
let request: string
beforeAll(async () => {
  product = (await post('/api/products', { name: 'Audited mug', price: 12.5, stock: 3 })).id
  const placed = await post('/api/orders', { product_id: product, quantity: 2 })
  order = placed.id
  request = placed.request
  await eventually(10, async () => audit(`show --order ${order}`).text.includes('as fulfilled'))
})
afterAll(async () => void (await fetch(`${stack.url}/api/products/${product}`, { method: 'DELETE' })))

test("an order's trail reads like a story, from all services that had a part in it", () => {
  const { status, text } = audit(`show --order ${order}`)
  const told = text
    .trim()
    .split('\n')
    .map((line) => line.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}/, ''))
  expect(status).toBe(0)
  const by = `  (request ${request})`
  expect(told.map((line) => line.replace(by, '').replace(/ from \d[\d.]+/, ''))).toEqual([
    `admin demo placed order ${order}`,
    `product-api set aside 2 of product ${product}`,
    `order-api has the goods of order ${order}, 25.00 €`,
    'payment-api is about to charge 25.00 eur',
    'payment-api captured 25.00 eur',
    `order-api counts order ${order} as paid`,
    `product-api sold 2 of product ${product}`,
    `order-api counts order ${order} as fulfilled: its goods are sold`,
  ])
  expect(told.filter((line) => line.endsWith(by))).toHaveLength(6)
})

test('a product, everything since an hour ago, and what there is not', () => {
  expect(audit('show --since 1h').text).toContain(`placed order ${order}`)
  const added = `added product ${product}, Audited mug, 12.50 €, 3 in stock`
  expect(audit(`show --product ${product}`).text).toContain(added)
  expect(audit('show --product 999999999')).toMatchObject({
    status: 1,
    text: expect.stringContaining('FAIL: expected entries'),
  })
  expect(audit('show --since yesterday')).toMatchObject({ status: 1, text: expect.stringContaining('found yesterday') })
  expect(audit('tell')).toMatchObject({
    status: 1,
    text: expect.stringContaining('FAIL: expected verify, show or accept'),
  })
})

test('every writer has a chain that fits', async () => {
  await settled()
  const { status, text } = audit('verify')
  expect({ status, text }).toMatchObject({ status: 0 })
  for (const writer of ['operator', 'network-policy', 'product-api', 'order-api', 'payment-api']) {
    expect(text).toMatch(new RegExp(`^ok {3}${writer}: \\d+ sealed, head \\d+ [0-9a-f]{64}$`, 'm'))
  }
})

describe('an edit in the running database', () => {
  test('is named, and so is none once it was undone', async () => {
    await settled()
    const where = `where action = 'order.placed' and subject_id = '${order}'`
    await tamper(`update audit_entries set actor = 'mallory' ${where}`)
    const { status, text } = audit('verify')
    await tamper(`update audit_entries set actor = 'demo' ${where}`)
    expect(status).toBe(1)
    expect(text).toMatch(/^ {5}edited: order-api seal \d+, entry \d+: /m)
    expect(text).toContain('FAIL: 1 thing does not fit')
    expect(audit('verify').status).toBe(0)
  })
})

test('rules that were removed are an incident that is written down and sealed', async () => {
  const { output } = await exec('network-policy', ['nft', 'delete', 'table', 'inet', `${stack.prefix}_policy`])
  expect(output).toBe('')
  await eventually(10, async () =>
    /network-policy found that table inet \S+ is gone, and put the rules back/.test(audit('show').text),
  )
  expect(audit('verify').text).toMatch(/^ok {3}network-policy: \d+ sealed/m)
})

test('a trail that was cut off stops its service, until the operator accepts it', async () => {
  await settled()
  const ready = ['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', 'http://127.0.0.1:8002/ready']
  const answers = (status: string) => eventually(10, async () => (await exec('order-api', ready)).output === status)
  const order = () =>
    fetch(`${stack.url}/api/orders`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ product_id: product, quantity: 1 }),
    })
  await tamper(`with cut as (delete from audit_seals where seq = (select max(seq) from audit_seals) returning entry_id)
                delete from audit_entries where id in (select entry_id from cut)`)
  await answers('503')
  expect((await order()).status).toBe(503)
  expect((await fetch(`${stack.url}/api/orders?limit=1`)).status).toBe(200)
  expect(audit('verify')).toMatchObject({
    status: 1,
    text: expect.stringMatching(/^ {5}cut off: order-api seal \d+: /m),
  })

  const { status, text } = audit('accept order-api --reason "the test cut it off"')
  expect({ status, text }).toMatchObject({ status: 0 })
  await answers('200')
  expect((await order()).status).toBe(201)
  await settled()
  expect(audit('verify').status).toBe(0)
  expect(audit('show').text).toMatch(
    /operator accepted the trail of order-api as it stands at seal \d+: the test cut it off/,
  )
})
