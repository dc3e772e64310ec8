import { copyColumns } from './copy-line.ts'

/**
 * Row triggers and foreign keys are off for the transaction: they would work row by row, and each of the statements below does the
 * same for all rows at once. What they would have kept true, the statements keep true themselves.
 */
const begin = `
begin;
set local session_replication_role = replica;
set local work_mem = '32MB';`

/** What the triggers would write down product by product, as one entry of the audit trail. */
const recorded = (action: string, table: string) => `
insert into audit_entries (actor, role, action, subject, subject_id, result, details)
select 'operator', 'operator', '${action}', 'catalogue', 'generated', 'done', jsonb_build_object('products', count(*)) from ${table};`

/** Prints nothing where the table is missing. */
export const countGenerated = `
select to_regclass('generated_products') is not null as known \\gset
\\if :known
select count(*) from generated_products;
\\endif
`

/** The numbers up to `count` for which there is no product yet. */
export const missingNumbers = (count: number) => `
select number from generate_series(1, ${count}) as wanted (number)
where not exists (select from generated_products g where g.number = wanted.number);`

/** What autovacuum would do in a while: until then every search would look into the heap for what the index already says. */
const vacuum = `
\\echo vacuuming
vacuum (analyze) products;
vacuum (analyze) product_terms;
vacuum (analyze) generated_products;
`

/** Followed by the lines of COPY. The ids come from the table's own sequence, so the shop may go on adding products. */
export const startAdding = `${begin}
create temp table staged (
  id bigint default nextval(pg_get_serial_sequence('products', 'id')),
  number integer, name text, description text, category text, price_cents bigint, stock integer, picture text
) on commit drop;
copy staged (${copyColumns}) from stdin;
`

export const finishAdding = `\\.
\\echo writing products
insert into products (id, name, description, category, price_cents, stock, picture)
overriding system value
select id, name, description, category, price_cents, stock, picture from staged order by id;
insert into generated_products (product_id, number) select id, number from staged;
${recorded('catalogue.loaded', 'staged')}
\\echo indexing words
insert into product_terms (term, product_id)
select term, id from staged, unnest(terms_of(name || ' ' || description)) as term order by term, id;
commit;
${vacuum}`

/**
 * Prints how many were removed and how many only taken off sale, because an order has them.
 *
 * The rows are locked first: whoever reserves one at this moment is waited for, and seen by the statements after that.
 */
export const removal = (above: number) => `${begin}
create temp table leaving on commit drop as
select p.id from products p join generated_products g on g.product_id = p.id
where g.number > ${above} order by p.id for update of p;
analyze leaving;
\\echo removing words
delete from product_terms t using leaving l where t.product_id = l.id;
delete from generated_products g using leaving l where g.product_id = l.id;
\\echo removing products
${recorded('catalogue.unloaded', 'leaving')}
delete from products p using leaving l
where p.id = l.id and not exists (select from reservation_items r where r.product_id = p.id);
update products p set deleted_at = coalesce(deleted_at, now()), updated_at = now() from leaving l where p.id = l.id;
select format('removed %s %s', count(*) filter (where p.id is null), count(p.id))
from leaving l left join products p on p.id = l.id;
commit;
${vacuum}`
