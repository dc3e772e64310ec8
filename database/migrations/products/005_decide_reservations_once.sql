-- What became of an order's stock is decided once and kept: whoever asks again, however late, hears the same.
--   held       taken, until expires_at
--   confirmed  sold
--   released   given back, by the order or because it expired; or released before it was asked for, so that nothing is taken then
--   refused    never had: "reason" says why
alter table reservations
  add status     text not null default 'confirmed' check (status in ('held', 'confirmed', 'released', 'refused')),
  add reason     text check (reason in ('out_of_stock', 'no_such_product')),
  add shortages  jsonb, -- [{product_id, left}] as it was when it was refused
  add expires_at timestamptz,
  add check ((status = 'refused') = (reason is not null)),
  add check ((reason is not distinct from 'out_of_stock') = (shortages is not null)),
  add check ((status = 'held') = (expires_at is not null));

-- Until now releasing removed the items, and everything else was as good as sold.
update reservations r set status = 'released'
where not exists (select from reservation_items i where i.order_reference = r.order_reference);

alter table reservations alter status drop default;

create index reservations_held on reservations (expires_at) where status = 'held';

drop function reserve_stock(uuid, bigint[], integer[]);
drop function release_stock(uuid);

-- In all functions below rows are waited for in one order, so that no two calls wait for each other: new reservations, then
-- existing ones, then products, each by ascending key. A product is locked for the shortest time: it is what orders queue for.

-- Decides on many orders in one transaction, each as if it came alone and in the order given. A line is an item of an order.
-- What was decided before is answered again.
create function reserve_stock(line_references uuid[], line_products bigint[], line_quantities integer[], minutes numeric)
returns table (order_reference uuid, status text, reason text, shortages jsonb, items jsonb)
language plpgsql as $$
#variable_conflict use_column
declare
  hopeful uuid[];
  granted uuid[] := '{}';
  locked  bigint[];
  stocks  integer[]; -- of the locked ones
  wanted  record;
  place   integer;
  unknown boolean;
  short   jsonb;
begin
  -- A look without locks refuses what cannot be had whatever the others get: what is sold out is not waited for.
  with looks as (
    select reference,
           bool_or(p.id is null) as unknown,
           jsonb_agg(jsonb_build_object('product_id', p.id, 'left', stock) order by p.id) filter (where stock < quantity) as short
    from unnest(line_references, line_products, line_quantities) as line (reference, product_id, quantity)
    left join products p on p.id = product_id and deleted_at is null
    group by reference
  ), claimed as (
    insert into reservations (order_reference, status, reason, shortages, expires_at)
    select reference,
           case when unknown or short is not null then 'refused' else 'held' end,
           case when unknown then 'no_such_product' when short is not null then 'out_of_stock' end,
           case when not unknown then short end,
           case when not unknown and short is null then now() + minutes * interval '1 minute' end
    from looks order by reference
    on conflict do nothing
    returning order_reference, status
  )
  select array_agg(order_reference) into hopeful from claimed where status = 'held';

  if hopeful is not null then
    select array_agg(id), array_agg(stock) into locked, stocks
    from (
      select id, stock from products
      where deleted_at is null and id = any (array(
        select product_id from unnest(line_references, line_products) as line (reference, product_id)
        where reference = any(hopeful)
      ))
      order by id for no key update
    ) product;

    for wanted in
      select reference, array_agg(array_position(locked, product_id) order by product_id) as places,
             array_agg(quantity order by product_id) as quantities
      from unnest(line_references, line_products, line_quantities) with ordinality
        as line (reference, product_id, quantity, number)
      where reference = any(hopeful)
      group by reference order by min(number)
    loop
      unknown := false;
      short := null;
      for n in 1 .. cardinality(wanted.places) loop
        place := wanted.places[n];
        if place is null then
          unknown := true;
        elsif stocks[place] < wanted.quantities[n] then
          short := coalesce(short, '[]') || jsonb_build_object('product_id', locked[place], 'left', stocks[place]);
        end if;
      end loop;

      if unknown or short is not null then
        update reservations
        set status = 'refused', expires_at = null,
            reason = case when unknown then 'no_such_product' else 'out_of_stock' end,
            shortages = case when not unknown then short end
        where order_reference = wanted.reference;
      else
        granted := granted || wanted.reference;
        for n in 1 .. cardinality(wanted.places) loop
          place := wanted.places[n];
          stocks[place] := stocks[place] - wanted.quantities[n];
        end loop;
      end if;
    end loop;

    insert into reservation_items (order_reference, product_id, name, price_cents, quantity)
    select reference, product_id, name, price_cents, quantity
    from unnest(line_references, line_products, line_quantities) as line (reference, product_id, quantity)
    join products p on p.id = product_id
    where reference = any(granted);

    update products set stock = remaining
    from unnest(locked, stocks) as product (product_id, remaining)
    where id = product_id and stock <> remaining;
  end if;

  return query
  select r.order_reference, r.status, r.reason, r.shortages, (
    select jsonb_agg(
      jsonb_build_object('product_id', product_id, 'name', name, 'price_cents', price_cents, 'quantity', quantity)
      order by product_id
    )
    from reservation_items i where i.order_reference = r.order_reference
  )
  from reservations r where r.order_reference = any(line_references);
end
$$;

-- Gives back what the named reservations hold. The caller has locked them.
create function give_back(held uuid[]) returns void
language plpgsql as $$
begin
  if cardinality(held) = 0 then
    return;
  end if;
  update reservations set status = 'released', expires_at = null where order_reference = any(held);
  perform from products
  where id = any (array(select product_id from reservation_items where order_reference = any(held)))
  order by id for no key update;
  update products set stock = stock + returned
  from (
    select product_id, sum(quantity) as returned from reservation_items where order_reference = any(held) group by product_id
  ) item
  where id = product_id;
end
$$;

-- Gives back what has expired of these orders and of these products, and waits for whoever is doing the same. How many that were.
create function release_expired(order_references uuid[], product_ids bigint[]) returns integer
language plpgsql as $$
declare
  expired uuid[];
begin
  expired := array(
    select r.order_reference from reservations r
    where r.status = 'held' and r.expires_at <= now() and (
      r.order_reference = any(order_references)
      or exists (
        select from reservation_items i where i.order_reference = r.order_reference and i.product_id = any(product_ids)
      )
    )
    order by r.order_reference for update
  );
  perform give_back(expired);
  return cardinality(expired);
end
$$;

-- Gives back the oldest of what has expired, but for what somebody else has in hand. How many that were.
create function sweep_expired(at_most integer) returns integer
language plpgsql as $$
declare
  expired uuid[];
begin
  expired := array(
    select order_reference from reservations where status = 'held' and expires_at <= now()
    order by expires_at limit at_most for update skip locked
  );
  perform give_back(expired);
  return cardinality(expired);
end
$$;

-- Locks reservations, and leaves one that is released where there is none: whoever reserves later takes nothing.
create function settle_reservations(order_references uuid[]) returns void
language plpgsql as $$
begin
  insert into reservations (order_reference, status)
  select reference, 'released' from unnest(order_references) as reference order by reference
  on conflict do nothing;
  perform from reservations where order_reference = any(order_references) order by order_reference for update;
end
$$;

-- What is held is sold; which are sold now, or were before. The others are gone for good.
create function confirm_stock(order_references uuid[]) returns setof uuid
language plpgsql as $$
begin
  perform settle_reservations(order_references);
  perform give_back(array(
    select order_reference from reservations
    where order_reference = any(order_references) and status = 'held' and expires_at <= now()
  ));
  update reservations set status = 'confirmed', expires_at = null
  where order_reference = any(order_references) and status = 'held';
  return query
  select order_reference from reservations where order_reference = any(order_references) and status = 'confirmed';
end
$$;

-- What is held is given back; what is sold stays sold.
create function release_stock(order_references uuid[]) returns void
language plpgsql as $$
begin
  perform settle_reservations(order_references);
  perform give_back(array(
    select order_reference from reservations where order_reference = any(order_references) and status = 'held'
  ));
end
$$;
