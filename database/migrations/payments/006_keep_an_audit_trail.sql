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
revoke all on audit_entries, audit_seals from paymentuser;
grant select on audit_entries, audit_seals to paymentuser;
grant insert (actor, role, action, subject, subject_id, address, result, request_id, details) on audit_entries to paymentuser;
grant insert on audit_seals to paymentuser;

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
    coalesce(acted->>'by', case session_user when 'paymentuser' then 'payment-api' else 'operator' end),
    coalesce(acted->>'as', case session_user when 'paymentuser' then 'service' else 'operator' end),
    acted->>'from', coalesce(acted->>'request', request_id), action, subject, subject_id, details, result);
end
$$;

-- Of the request that asked for the charge, so that whatever becomes of it can be found with it.
alter table payments add column request_id text check (request_id ~ '^[0-9a-f]{32}$');

create function audit_payment() returns trigger
language plpgsql as $$
begin
  perform write_audit_entry(
    null,
    case when tg_op = 'UPDATE' and old.status = new.status then 'payment.refund_requested' else 'payment.' || new.status end,
    'payment', new.order_reference::text,
    jsonb_strip_nulls(jsonb_build_object('amount_cents', new.amount_cents, 'currency', new.currency, 'reason', new.reason)),
    case when new.status = 'declined' then 'refused' else 'done' end,
    new.request_id
  );
  return null;
end
$$;

-- After the row, because one that is there already is not inserted.
create trigger payment_begun_audit after insert on payments for each row execute function audit_payment();
create trigger payment_moved_audit after update of status, refund_requested_at on payments for each row
  when (old.status <> new.status or old.refund_requested_at is null and new.refund_requested_at is not null)
  execute function audit_payment();
