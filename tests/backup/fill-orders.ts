import { change } from '../chaos/psql.ts'
import { second, selectThere } from './second-stack.ts'

/** Row triggers are off: what they would write, the statements below write themselves, for all rows at once. */
const begin = 'begin; set local session_replication_role = replica;'

/** What the services wrote down of each, with what of it the triggers would. */
const entries = (writer: string, actions: string[], subject: string, id: string, from: string) => `
insert into audit_entries (actor, role, action, subject, subject_id, result, request_id, details)
select '${writer}', 'service', action, '${subject}', ${id}, 'done', md5(n::text), jsonb_build_object('amount_cents', 990)
from ${from}, unnest(array['${actions.join("','")}']) as action order by n;`

/** Orders of the generated products that are paid and fulfilled, in all three databases, as if they had been placed. */
export async function fillOrdersThere(count: number): Promise<void> {
  const [products] = await selectThere<{ first: number; all: number }>(
    'product-db',
    'select min(product_id) as first, count(*) as all from generated_products',
  )
  if (!products) throw new Error('expected generated products but found none')
  const numbers = `generate_series(1, ${count}) as n`
  const reference = `md5('backup ' || n)::uuid`
  const product = `${products.first} + n % ${products.all}`

  await change(
    'order-db',
    `${begin}
     insert into orders (reference, status, email, address, total_cents, customer, request_id, due_at)
     select ${reference}, 'fulfilled', n || '@backup.example', n || ' Backup Street', 990, 'demo', md5(n::text), null
     from ${numbers};
     create temp table filled on commit drop as
     select id, n from ${numbers} join orders on reference = ${reference};
     insert into order_items (order_id, product_id, quantity, name, price_cents)
     select id, ${product}, 1, 'Generated', 990 from filled;
     insert into order_events (order_id, from_status, status)
     select id, before, after from filled, (values
       (null, 'pending'), ('pending', 'reserved'), ('reserved', 'paid'), ('paid', 'fulfilled')) as way (before, after);
     ${entries('order-api', ['order.placed', 'order.reserved', 'order.paid', 'order.fulfilled'], 'order', 'id::text', 'filled')}
     commit;`,
    second.prefix,
  )
  await change(
    'product-db',
    `${begin}
     insert into reservations (order_reference, status) select ${reference}, 'confirmed' from ${numbers};
     insert into reservation_items (order_reference, product_id, name, price_cents, quantity)
     select ${reference}, ${product}, 'Generated', 990, 1 from ${numbers};
     ${entries('product-api', ['stock.held', 'stock.confirmed'], 'stock', `${reference}::text`, numbers)}
     commit;`,
    second.prefix,
  )
  await change(
    'payment-db',
    `${begin}
     insert into payments (order_reference, amount_cents, status, provider_id, request_id)
     select ${reference}, 990, 'captured', 'ch_' || n, md5(n::text) from ${numbers};
     insert into ledger_entries (payment_id, transaction, account, amount_cents, currency)
     select id, 'capture', account, sign * 990, 'eur'
     from payments, (values ('provider', 1), ('sales', -1)) as sides (account, sign) where provider_id ~ '^ch_\\d+$';
     insert into simulated_charges (id, idempotency_key, amount_cents, currency, outcome, token_sha256)
     select 'ch_' || n, ${reference}::text, 990, 'eur', 'captured', sha256('tok_visa') from ${numbers};
     ${entries('payment-api', ['payment.intended', 'payment.captured'], 'payment', `${reference}::text`, numbers)}
     commit;`,
    second.prefix,
  )
}
