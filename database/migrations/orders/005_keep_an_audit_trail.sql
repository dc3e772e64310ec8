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
revoke all on audit_entries, audit_seals from orderuser;
grant select on audit_entries, audit_seals to orderuser;
grant insert (actor, role, action, subject, subject_id, address, result, request_id, details) on audit_entries to orderuser;
grant insert on audit_seals to orderuser;

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
    coalesce(acted->>'by', case session_user when 'orderuser' then 'order-api' else 'operator' end),
    coalesce(acted->>'as', case session_user when 'orderuser' then 'service' else 'operator' end),
    acted->>'from', coalesce(acted->>'request', request_id), action, subject, subject_id, details, result);
end
$$;

-- Passed along with a change, for the trigger that writes it down; never kept.
alter table orders add column acted jsonb check (acted is null);

create function audit_order() returns trigger
language plpgsql as $$
begin
  perform write_audit_entry(
    new.acted,
    case new.status when 'pending' then 'order.placed' else 'order.' || new.status end,
    'order', new.id::text,
    jsonb_strip_nulls(jsonb_build_object('reference', new.reference, 'total_cents', new.total_cents, 'reason', new.reason)),
    case when new.status = 'rejected' then 'refused' else 'done' end,
    new.request_id
  );
  new.acted := null;
  return new;
end
$$;

create trigger order_placed_audit before insert on orders for each row execute function audit_order();
create trigger order_moved_audit before update of status on orders for each row
  when (old.status is distinct from new.status) execute function audit_order();

-- What the operator does to an account. What its owner does is written by the statements that do it.
create function audit_account() returns trigger
language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform write_audit_entry(null, 'account.removed', 'account', old.id::text, jsonb_build_object('role', old.role));
  else
    perform write_audit_entry(
      null, 'account.role_changed', 'account', new.id::text, jsonb_build_object('role', jsonb_build_array(old.role, new.role)));
  end if;
  return null;
end
$$;

create trigger account_role_audit after update of role on accounts for each row
  when (old.role is distinct from new.role) execute function audit_account();
create trigger account_removed_audit after delete on accounts for each row execute function audit_account();
