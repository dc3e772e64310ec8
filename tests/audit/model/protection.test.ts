import { describe, expect, test } from 'vitest'
import { psql } from '../../../scripts/stack/psql.ts'
import { testDatabase } from '../../unit/database.ts'

const databases = [
  { name: 'products', container: 'eunit-product-db', role: 'productuser' },
  { name: 'orders', container: 'eunit-order-db', role: 'orderuser' },
  { name: 'payments', container: 'eunit-payment-db', role: 'paymentuser' },
] as const

/** What PostgreSQL says to statements, which it takes back in any case. */
const complaint = (container: string, database: string, sql: string) =>
  psql(container, database, ['begin;', sql, 'rollback;']).then(
    () => 'done',
    (error: Error) => error.message,
  )

const entry = `insert into audit_entries (actor, role, action, subject, subject_id, result, details)
               values ('demo', 'admin', 'product.changed', 'product', '1', 'done', '{}')`
const seal = `insert into audit_seals values (1000000, 1, sha256('x'))`

describe.each(databases)('$name', ({ name, container, role }) => {
  const database = testDatabase(name)
  const ask = (sql: string) => database.query(`begin; ${sql}; rollback`).catch((error: Error) => error.message)

  test('the service may add entries, so that a refusal below has its own reason', async () => {
    expect(await ask(entry)).not.toBeTypeOf('string')
  })

  test.each([
    `update audit_entries set actor = 'other'`,
    'delete from audit_entries',
    'truncate audit_entries cascade',
    `update audit_seals set hmac = sha256('x')`,
    'delete from audit_seals',
    'truncate audit_seals',
    'alter table audit_entries disable trigger all',
    'drop table audit_seals',
    entry.replace('(actor', '(id, actor').replace('values (', 'overriding system value values (1, '),
    entry.replace('(actor', '(at, actor').replace(`('demo'`, `(now(), 'demo'`),
  ])('the service is refused: %s', async (sql) => {
    const answer = await ask(sql)
    await database.query('rollback')
    expect(answer).toMatch(/permission denied for table|must be owner of/)
  })

  test.each([
    `update audit_entries set actor = 'other'`,
    'delete from audit_entries',
    'truncate audit_entries cascade',
    `update audit_seals set hmac = sha256('x')`,
    'delete from audit_seals',
    'truncate audit_seals',
  ])('the owner of the tables is refused: %s', async (sql) => {
    const said = await complaint(container, name, `set local role ${name}_owner; ${sql};`)
    expect(said).toContain('stays as it is: no')
  })

  test('a seal of no entry is refused', async () => {
    expect(await complaint(container, name, `set local role ${role}; ${seal.replace(', 1,', ', -1,')};`)).toContain(
      'foreign key',
    )
  })
})

/** Each change as the service makes it, after the right to write entries was taken away: all in a transaction that is taken back. */
describe('what cannot be written down is not done', () => {
  const account = `insert into accounts (email, name, password_hash) values ('eve@example.com', 'Eve', '$argon2id$')`
  const order = `insert into orders (reference, customer, request_id, due_at)
                 values (gen_random_uuid(), 'demo', repeat('0', 32), now())`
  const product = `insert into products (name, price_cents, stock) values ('Mug', 100, 1)`
  const reservation = `insert into reservations (order_reference, status) values (gen_random_uuid(), 'released')`
  const payment = `insert into payments (order_reference, amount_cents, status) values (gen_random_uuid(), 1, 'voided')`
  const [products, orders, payments] = databases

  test.each([
    { why: 'an order', in: orders, change: order },
    {
      why: "an order's next state",
      in: orders,
      before: order,
      change: `update orders set status = 'cancelled', reason = 'x', due_at = null where id = (select max(id) from orders)`,
    },
    {
      why: 'a new account',
      in: orders,
      change: `${account} returning write_audit_entry(null, 'account.registered', 'account', id::text, '{}')`,
    },
    {
      why: 'a change of a product',
      in: products,
      before: product,
      change: `update products set price_cents = 2 where id = (select max(id) from products)`,
    },
    { why: 'what becomes of stock', in: products, change: `${reservation}; set constraints all immediate` },
    { why: 'a payment', in: payments, change: payment },
  ])('$why', async ({ in: { name, container, role }, before = '', change }) => {
    const run = (taken: string) => complaint(container, name, `${before}; ${taken} set local role ${role}; ${change};`)
    expect(await run('')).toBe('done')
    expect(await run(`revoke insert on audit_entries from ${role};`)).toContain(
      'permission denied for table audit_entries',
    )
  })
})
