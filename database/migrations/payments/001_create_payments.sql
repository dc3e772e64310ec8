create table payments (
  id              bigint      generated always as identity primary key,
  order_reference uuid        not null unique, -- an order is charged at most once
  amount_cents    bigint      not null check (amount_cents > 0),
  currency        text        not null default 'eur' check (currency ~ '^[a-z]{3}$'),
  status          text        not null default 'intended' check (status in ('intended', 'captured', 'declined')),
  reason          text,
  provider_id     text        unique,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  check ((status = 'declined') = (reason is not null)),
  check ((status = 'captured') = (provider_id is not null))
);
