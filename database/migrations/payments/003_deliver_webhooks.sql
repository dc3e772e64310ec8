-- What order-api is still to be told; a row is deleted once it was acknowledged. Written with the outcome it tells of.
create table webhook_deliveries (
  id         uuid        primary key, -- the event's, by which the receiver knows a repetition
  body       text        not null,    -- as it is sent, byte for byte, at every attempt
  attempts   integer     not null default 0,
  due_at     timestamptz not null default now(),
  created_at timestamptz not null default now()
);

create index webhook_deliveries_due on webhook_deliveries (due_at);

-- How long to wait after so many attempts: half a second, doubling.
create function backoff(attempts integer, longest interval) returns interval
language sql immutable
return least(interval '500 ms' * 2 ^ least(greatest(attempts - 1, 0), 16), longest);
