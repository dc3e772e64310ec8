-- Who did what, when, to what, from where, with what result: written with the change it tells of, so what cannot be written down is not
-- done. The service then seals each entry into a chain (services/kit/src/audit-entry.ts), with a key that the database never sees.
create table audit_entries (
  id         bigint      generated always as identity primary key,
  at         timestamptz not null default clock_timestamp(),
  actor      text        not null, -- an account's id, demo, guest, operator, or the name of a service
  role       text        not null,
  action     text        not null check (action ~ '^[a-z]+\.[a-z_]+$'),
  subject    text        not null, -- what kind of thing it was done to, and which
  subject_id text        not null,
  address    text,                 -- where the request came from, if one did
  result     text        not null check (result in ('done', 'refused')),
  request_id text,
  details    jsonb       not null check (octet_length(details::text) <= 4096)
);

create table audit_seals (
  seq      bigint primary key check (seq > 0),
  entry_id bigint not null unique references audit_entries,
  hmac     bytea  not null check (length(hmac) = 32)
);

-- Id and time are the database's to give.
revoke all on audit_entries, audit_seals from productuser;
grant select on audit_entries, audit_seals to productuser;
grant insert (actor, role, action, subject, subject_id, address, result, request_id, details) on audit_entries to productuser;
grant insert on audit_seals to productuser;

create function refuse_audit_change() returns trigger
language plpgsql as $$
begin
  raise exception 'what is in % stays as it is: no %', tg_table_name, lower(tg_op) using errcode = 'insufficient_privilege';
end
$$;

-- For whoever has the right all the same, as the owner does.
create trigger audit_entries_stay before update or delete or truncate on audit_entries
for each statement execute function refuse_audit_change();
create trigger audit_seals_stay before update or delete or truncate on audit_seals
for each statement execute function refuse_audit_change();

-- "acted" says who acts for whom a request was made: {by, as, from, request}. Without it the service acts by itself, or the operator
-- does by hand.
create function write_audit_entry(
  acted jsonb, action text, subject text, subject_id text, details jsonb, result text default 'done', request_id text default null
) returns void
language plpgsql as $$
begin
  insert into audit_entries (actor, role, address, request_id, action, subject, subject_id, details, result)
  values (
    coalesce(acted->>'by', case session_user when 'productuser' then 'product-api' else 'operator' end),
    coalesce(acted->>'as', case session_user when 'productuser' then 'service' else 'operator' end),
    acted->>'from', coalesce(acted->>'request', request_id), action, subject, subject_id, details, result);
end
$$;

-- Passed along with a change, for the trigger that writes it down; never kept.
alter table products add column acted jsonb check (acted is null);

-- What differs, as {column: [before, after]}. Of a long text the beginning.
create function product_changes(before products, after products) returns jsonb
language sql stable
begin atomic
  select coalesce(jsonb_object_agg(key, jsonb_build_array(left(b.value, 200), left(a.value, 200))), '{}')
  from jsonb_each_text(to_jsonb(before)) b join jsonb_each_text(to_jsonb(after)) a using (key)
  where b.value is distinct from a.value and key in ('name', 'description', 'category', 'price_cents', 'stock', 'picture');
end;

create function audit_product() returns trigger
language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform write_audit_entry(null, 'product.erased', 'product', old.id::text, jsonb_build_object('name', old.name));
    return null;
  end if;
  if tg_op = 'INSERT' then
    perform write_audit_entry(new.acted, 'product.added', 'product', new.id::text,
      jsonb_strip_nulls(jsonb_build_object(
        'name', new.name, 'category', new.category, 'price_cents', new.price_cents, 'stock', new.stock)));
  elsif old.deleted_at is null and new.deleted_at is not null then
    perform write_audit_entry(new.acted, 'product.deleted', 'product', new.id::text, jsonb_build_object('name', new.name));
  elsif new.acted is not null or product_changes(old, new) <> '{}' then
    perform write_audit_entry(new.acted, 'product.changed', 'product', new.id::text, product_changes(old, new));
  end if;
  new.acted := null;
  return new;
end
$$;

create trigger product_added_audit before insert on products for each row
  when (session_user = 'productuser') execute function audit_product();
-- Not what orders change, which is stock alone and is written down with their reservations.
create trigger product_changed_audit before update on products for each row
  when (new.acted is not null or session_user <> 'productuser'
        or (old.price_cents, old.name, old.description, old.category, old.picture, old.deleted_at)
           is distinct from (new.price_cents, new.name, new.description, new.category, new.picture, new.deleted_at))
  execute function audit_product();
create trigger product_erased_audit after delete on products for each row execute function audit_product();

-- What the operator loads is one entry, however much it is.
create function audit_load() returns trigger
language plpgsql as $$
begin
  perform write_audit_entry(null, 'catalogue.loaded', 'catalogue', format('%s-%s', min(id), max(id)),
    jsonb_build_object('products', count(*)))
  from added having count(*) > 0;
  return null;
end
$$;
create trigger products_loaded_audit after insert on products referencing new table as added for each statement
  when (session_user <> 'productuser') execute function audit_load();

-- At the end of the transaction: within one, what was held may be refused after all.
create function audit_reservation() returns trigger
language plpgsql as $$
begin
  perform write_audit_entry(
    null, 'stock.' || r.status, 'stock', r.order_reference::text,
    jsonb_strip_nulls(jsonb_build_object('reason', r.reason, 'items', (
      select jsonb_agg(jsonb_build_object('product_id', product_id, 'quantity', quantity) order by product_id)
      from (select product_id, quantity from reservation_items i where i.order_reference = r.order_reference limit 50) item))),
    case when r.status = 'refused' then 'refused' else 'done' end)
  from reservations r where r.order_reference = new.order_reference and r.status = new.status;
  return null;
end
$$;

create constraint trigger reservation_made_audit after insert on reservations
  deferrable initially deferred for each row execute function audit_reservation();
create constraint trigger reservation_moved_audit after update of status on reservations
  deferrable initially deferred for each row when (old.status <> new.status) execute function audit_reservation();
