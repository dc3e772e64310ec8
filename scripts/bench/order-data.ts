import { runningContainer } from '../stack/docker.ts'
import { psql } from '../stack/psql.ts'
import { createProduct } from './shop-api.ts'

/** By this, and nothing else, products of a bench are known, also those of a bench that was killed. */
const mark = 'Made by npm run bench, which removes it when it ends.'

/** @returns the ids of new products, each with this stock */
export async function createOrderProducts(baseUrl: string, count: number, stock: number): Promise<number[]> {
  const ids: number[] = []
  for (let number = 1; number <= count; number++) {
    const product = { name: `Bench product ${number}`, description: mark, price: 9.9, stock }
    ids.push(await createProduct(baseUrl, product))
  }
  return ids
}

/** Removes the products of any bench with all orders, reservations and payments for them. @returns how many orders that were */
export async function removeOrderData(): Promise<number> {
  const run = async (role: string, database: string, input: string[]) =>
    psql(await runningContainer(role), database, input)

  const ids = await run('product-db', 'products', [`select id from products where description = '${mark}';`])
  if (ids.length === 0) return 0
  const orders = await run('order-db', 'orders', [removeOrders(ids)])
  await run('payment-db', 'payments', [
    staged(orders),
    `delete from ledger_entries where payment_id in (select id from payments where order_reference in (select reference from gone));
     delete from payments where order_reference in (select reference from gone);
     delete from simulated_charges where idempotency_key in (select reference::text from gone);`,
  ])
  await run('product-db', 'products', [
    staged(orders),
    'delete from reservations where order_reference in (select reference from gone);',
    `delete from products where description = '${mark}';`,
  ])
  return orders.length
}

const removeOrders = (productIds: string[]) => `
begin;
create temp table gone on commit drop as
select id, reference from orders where id in (select order_id from order_items where product_id in (${productIds.join()}));
delete from outbox where order_id in (select id from gone);
delete from idempotency_keys where order_reference in (select reference from gone);
delete from order_events where order_id in (select id from gone);
delete from order_items where order_id in (select id from gone);
delete from orders where id in (select id from gone);
select reference from gone;
commit;
`

const staged = (references: string[]) =>
  `create temp table gone (reference uuid primary key);\ncopy gone from stdin;\n${references.map((each) => `${each}\n`).join('')}\\.\n`
