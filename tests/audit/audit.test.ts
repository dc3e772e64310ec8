import { beforeAll, describe, expect, test } from 'vitest'
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

let order: number
let request: string
beforeAll(async () => {
  const answer = await fetch(`${stack.url}/api/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ product_id: 1, quantity: 1 }),
  })
  request = answer.headers.get('x-request-id') as string
  order = ((await answer.json()) as { id: number }).id
  await eventually(10, async () => audit(`show --order ${order}`).text.includes('as fulfilled'))
})

test("an order's trail reads like a story, from all services that had a part in it", () => {
  const { status, text } = audit(`show --order ${order}`)
  const told = text
    .trim()
    .split('\n')
    .map((line) => line.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}/, ''))
  expect(status).toBe(0)
  const by = `(request ${request})`
  const tales = [
    new RegExp(`^admin demo from \\S+ placed order ${order} {2}\\(request ${request}\\)$`),
    /^product-api set aside 1 of product 1$/,
    new RegExp(`^order-api has the goods of order ${order}, \\d+\\.\\d\\d € `),
    /^payment-api is about to charge \d+\.\d\d eur /,
    /^payment-api captured \d+\.\d\d eur /,
    new RegExp(`^order-api counts order ${order} as paid `),
    /^product-api sold 1 of product 1$/,
    new RegExp(`^order-api counts order ${order} as fulfilled: its goods are sold `),
  ]
  expect(told).toHaveLength(tales.length)
  for (const [n, tale] of tales.entries()) expect(told[n]).toMatch(tale)
  expect(told.filter((line) => line.includes('product-api') || line.endsWith(by))).toHaveLength(tales.length)
})

test('a product, everything since an hour ago, and what there is not', () => {
  expect(audit('show --since 1h').text).toContain(`placed order ${order}`)
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
