-- An order's way, and what its neighbours still have to be told. Until it is final the order is due to be taken up by whoever
-- finds it; the payment token is kept exactly as long.
alter table orders
  add column customer      text        not null default 'demo', -- whose idempotency keys these are, until there are accounts
  add column request_id    text        not null default repeat('0', 32) check (request_id ~ '^[0-9a-f]{32}$'),
  add column payment_token text,
  add column due_at        timestamptz default now(),           -- when the next attempt may begin; null once nothing is left to try
  drop constraint orders_status_check,
  add constraint orders_status_check
    check (status in ('pending', 'reserved', 'paid', 'fulfilled', 'rejected', 'cancelled', 'refunded')),
  drop constraint orders_check,
  add constraint orders_reason_check check ((status in ('rejected', 'cancelled', 'refunded')) = (reason is not null)),
  drop constraint orders_check1,
  add constraint orders_total_check
    check (status not in ('reserved', 'paid', 'fulfilled', 'refunded') or total_cents is not null);

alter table orders alter column request_id drop default, alter column customer drop default;
update orders set due_at = null where status in ('paid', 'rejected');
alter table orders
  add constraint orders_open_check check ((status in ('pending', 'reserved')) = (due_at is not null)),
  add constraint orders_token_check check (status in ('pending', 'reserved') or payment_token is null);
create index orders_due on orders (due_at) where due_at is not null;

-- What happened to each order, written by the database itself: no state changes without a row here, no row is ever changed, and
-- no state is entered twice. The pairs are those of order-status.ts, which a test compares.
create table order_events (
  order_id    bigint      not null references orders,
  from_status text,
  status      text        not null,
  reason      text,
  at          timestamptz not null default clock_timestamp(),
  primary key (order_id, status),
  constraint order_events_transition check (
    case when from_status is null then status = 'pending'
    else (from_status, status) in (
      ('pending', 'reserved'), ('pending', 'rejected'), ('pending', 'cancelled'),
      ('reserved', 'paid'), ('reserved', 'rejected'), ('reserved', 'cancelled'),
      ('paid', 'fulfilled'), ('paid', 'refunded'))
    end)
);
revoke insert, update, delete on order_events from orderuser;

create function record_order_event() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into order_events (order_id, from_status, status, reason)
  values (new.id, case when tg_op = 'UPDATE' then old.status end, new.status, new.reason);
  return null;
end
$$;

-- Orders from before this table: the way they must have taken, at the times that are known.
insert into order_events (order_id, from_status, status, at)
select id, null, 'pending', created_at from orders
union all
select id, 'pending', 'reserved', updated_at from orders where status in ('reserved', 'paid');
insert into order_events (order_id, from_status, status, reason, at)
select id, case status when 'paid' then 'reserved' else 'pending' end, status, reason, updated_at
from orders where status in ('paid', 'rejected');

create trigger order_created after insert on orders for each row execute function record_order_event();
create trigger order_moved after update of status on orders for each row
  when (old.status is distinct from new.status) execute function record_order_event();

-- A key is claimed by inserting it. Once there is an answer it is the answer to every request with this key.
create table idempotency_keys (
  customer        text        not null,
  key             text        not null check (length(key) between 1 and 255),
  request_hash    bytea       not null, -- SHA-256 of the request that the key was first used with
  order_reference uuid        not null references orders (reference),
  answer_status   smallint,
  answer_body     text,
  expires_at      timestamptz not null default now() + interval '24 hours',
  primary key (customer, key),
  check ((answer_status is null) = (answer_body is null))
);
create index idempotency_keys_order on idempotency_keys (order_reference);
create index idempotency_keys_expiry on idempotency_keys (expires_at);

insert into idempotency_keys (customer, key, request_hash, order_reference)
select customer, idempotency_key, request_hash, reference from orders where idempotency_key is not null;
alter table orders drop column idempotency_key, drop column request_hash;

-- What a neighbour must still be told, written with the change that makes it so and deleted when it was heard. Claimed by time,
-- never by "the last id seen": a transaction that commits late must not be passed over.
create table outbox (
  id       bigint      generated always as identity primary key,
  order_id bigint      not null references orders,
  message  text        not null check (message in ('confirm_stock', 'release_stock', 'refund_payment')),
  due_at   timestamptz not null default now()
);
create index outbox_due on outbox (due_at);

-- Reserved stock of orders from before: confirmed when the messages arrive.
insert into outbox (order_id, message) select id, 'confirm_stock' from orders where status = 'paid';

-- Messages of payment-api that were heard.
create table inbox (
  message_id  uuid        primary key,
  received_at timestamptz not null default now()
);
create index inbox_received on inbox (received_at);
