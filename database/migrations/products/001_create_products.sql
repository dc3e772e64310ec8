create table products (
  id          bigint      generated always as identity primary key,
  name        text        not null check (length(name) between 1 and 200),
  description text        not null default '' check (length(description) <= 5000),
  category    text        check (category in ('electronics', 'clothing', 'books', 'home')),
  price_cents bigint      not null check (price_cents between 1 and 100000000),
  stock       integer     not null check (stock >= 0),
  picture     text        check (picture ~ '^[a-z][a-z-]{0,39}$'),
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  deleted_at  timestamptz -- off sale; kept because reservations and the past refer to it
)
-- A sale changes only stock, which no index has: room in the page keeps that change heap-only.
with (fillfactor = 80);

create index products_on_sale on products (id) where deleted_at is null;
create index products_of_category on products (category, id) where deleted_at is null;
