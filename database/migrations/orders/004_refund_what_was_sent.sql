-- Staff may give the money back for what has gone out already.
alter table order_events
  drop constraint order_events_transition,
  add constraint order_events_transition check (
    case when from_status is null then status = 'pending'
    else (from_status, status) in (
      ('pending', 'reserved'), ('pending', 'rejected'), ('pending', 'cancelled'),
      ('reserved', 'paid'), ('reserved', 'rejected'), ('reserved', 'cancelled'),
      ('paid', 'fulfilled'), ('paid', 'refunded'),
      ('fulfilled', 'refunded'))
    end);

-- However often it is asked for, one refund of an order is under way.
create unique index outbox_refund on outbox (order_id) where message = 'refund_payment';
