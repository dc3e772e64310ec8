-- What there is of the last day is counted for /metrics, without reading all there ever was. Rows stand in the order of time, so an
-- index of ranges of them is enough; it costs a charge next to nothing.
create index payments_created on payments using brin (created_at) with (autosummarize = on);
create index ledger_entries_created on ledger_entries using brin (created_at) with (autosummarize = on);
