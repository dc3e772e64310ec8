-- The books of the simulated provider: what Stripe would know, so kept apart from the shop's own and joined with nothing.
-- Ids follow from idempotency keys, so a key has one charge.
create table simulated_charges (
  id              text        primary key,
  idempotency_key text        not null,
  amount_cents    bigint      not null check (amount_cents > 0),
  currency        text        not null,
  token           text        not null,
  outcome         text        not null check (outcome in ('captured', 'declined')),
  reason          text,
  settles_at      timestamptz not null default now(), -- before that it is processing
  created_at      timestamptz not null default now(),
  check ((outcome = 'declined') = (reason is not null))
);

create table simulated_refunds (
  id              text        primary key,
  idempotency_key text        not null,
  charge_id       text        not null unique references simulated_charges,
  amount_cents    bigint      not null check (amount_cents > 0),
  created_at      timestamptz not null default now()
);

-- What was charged before the simulator kept books.
insert into simulated_charges (id, idempotency_key, amount_cents, currency, token, outcome, settles_at, created_at)
select provider_id, order_reference, amount_cents, currency, 'tok_visa', 'captured', updated_at, updated_at
from payments where status = 'captured';

revoke update, delete on simulated_charges, simulated_refunds from paymentuser;
