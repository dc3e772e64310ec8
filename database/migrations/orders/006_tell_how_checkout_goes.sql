-- What there is of the last day is counted for /metrics, without reading all there ever was. Rows stand in the order of time, so an
-- index of ranges of them is enough; it costs a sale next to nothing.
create index orders_created on orders using brin (created_at) with (autosummarize = on);

-- Since when a message waits: due_at moves with each attempt.
alter table outbox add column written_at timestamptz not null default now();
