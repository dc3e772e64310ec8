create table orders (
  id              bigint      generated always as identity primary key,
  reference       uuid        not null unique, -- names the order to the other services, before and after it has an id here
  idempotency_key text        unique check (length(idempotency_key) between 1 and 255),
  request_hash    bytea       not null,        -- SHA-256 of the request that the key was first used with
  status          text        not null default 'pending' check (status in ('pending', 'reserved', 'paid', 'rejected')),
  reason          text,                        -- why it was rejected
  email           text,
  address         text,
  total_cents     bigint      check (total_cents > 0),
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  check ((status = 'rejected') = (reason is not null)),
  check (status not in ('reserved', 'paid') or total_cents is not null)
);

create table order_items (
  order_id    bigint  not null references orders,
  product_id  bigint  not null,
  quantity    integer not null check (quantity > 0),
  name        text,   -- name and price are known once stock is reserved
  price_cents bigint  check (price_cents > 0),
  primary key (order_id, product_id)
);
