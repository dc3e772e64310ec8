-- What there is of the last day is counted for /metrics, without reading all there ever was. Rows stand in the order of time, so an
-- index of ranges of them is enough; it costs an order next to nothing.
create index reservations_created on reservations using brin (created_at) with (autosummarize = on);
