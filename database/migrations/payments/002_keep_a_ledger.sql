-- A payment's life: intended → captured | declined; captured → refunded; voided from nothing, so that a late charge moves no money.
alter table payments
  drop constraint payments_status_check,
  drop constraint payments_check,
  drop constraint payments_check1,
  add column token               text,                       -- kept only while the provider may have to be asked again
  add column due_at              timestamptz,                -- when the provider is asked next; whoever asks moves it ahead first
  add column attempts            integer not null default 0, -- of asking, since the charge or the refund began
  add column refund_requested_at timestamptz,
  add column refund_id           text unique;

-- Until now only the simulator was behind the service, and an intent that it never answered moved no money.
update payments set status = 'voided' where status = 'intended';

alter table payments
  add constraint payments_status check (status in ('intended', 'captured', 'declined', 'voided', 'refunded')),
  add constraint payments_reason check ((status = 'declined') = (reason is not null)),
  add constraint payments_token  check ((status = 'intended') = (token is not null)),
  -- A charge that is still processing at the provider has its id already, and so may one that was declined.
  add constraint payments_provider_id
    check (case when status in ('captured', 'refunded') then provider_id is not null when status = 'voided' then provider_id is null else true end),
  add constraint payments_refund
    check ((refund_id is not null) = (status = 'refunded') and (refund_requested_at is null or status in ('captured', 'refunded'))),
  -- Nothing whose outcome is open can be forgotten, and nothing whose outcome is known is asked about.
  add constraint payments_due
    check ((due_at is not null) = (status = 'intended' or status = 'captured' and refund_requested_at is not null));

create index payments_due on payments (due_at) where due_at is not null;

create function refuse_payment_change() returns trigger
language plpgsql as $$
begin
  raise exception 'payment %: % cannot become %', old.id, old.status, new.status using errcode = 'check_violation';
end
$$;

create trigger payment_begins
before insert on payments
for each row when (new.status not in ('intended', 'voided'))
execute function refuse_payment_change();

create trigger payment_changes
before update on payments
for each row when (
  (old.order_reference, old.amount_cents, old.currency) is distinct from (new.order_reference, new.amount_cents, new.currency)
  or old.status <> new.status
  and (old.status, new.status) not in (('intended', 'captured'), ('intended', 'declined'), ('captured', 'refunded'))
)
execute function refuse_payment_change();

-- Double entry: what the provider owes the shop, against what the shop sold. The key is the promise that a payment is
-- captured at most once and refunded at most once.
create table ledger_entries (
  payment_id   bigint      not null references payments,
  transaction  text        not null check (transaction in ('capture', 'refund')),
  account      text        not null check (account in ('provider', 'sales')),
  amount_cents bigint      not null check (amount_cents <> 0),
  currency     text        not null check (currency ~ '^[a-z]{3}$'),
  created_at   timestamptz not null default now(),
  primary key (payment_id, transaction, account)
);

create function check_ledger_balance() returns trigger
language plpgsql as $$
declare
  unbalanced record;
begin
  select payment_id, transaction, sum(amount_cents) as sum into unbalanced
  from entries group by payment_id, transaction, currency having sum(amount_cents) <> 0 limit 1;
  if found then
    raise exception 'the % of payment % is out of balance by %', unbalanced.transaction, unbalanced.payment_id, unbalanced.sum
      using errcode = 'check_violation';
  end if;
  return null;
end
$$;

-- Per statement: a transaction is written whole by one statement, or not at all.
create trigger ledger_balances
after insert on ledger_entries
referencing new table as entries
for each statement execute function check_ledger_balance();

insert into ledger_entries (payment_id, transaction, account, amount_cents, currency, created_at)
select id, 'capture', account, sign * amount_cents, currency, updated_at
from payments, (values ('provider', 1), ('sales', -1)) as sides (account, sign)
where status = 'captured';

-- What is written stays: a correction is a new transaction.
revoke update, delete on ledger_entries from paymentuser;
revoke delete on payments from paymentuser;
