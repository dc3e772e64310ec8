create table reservations (
  order_reference uuid        primary key,
  created_at      timestamptz not null default now()
);

-- Name and price are what the customer was promised, whatever happens to the product afterwards.
create table reservation_items (
  order_reference uuid    not null references reservations on delete cascade,
  product_id      bigint  not null references products,
  name            text    not null,
  price_cents     bigint  not null,
  quantity        integer not null check (quantity > 0),
  primary key (order_reference, product_id)
);

-- Takes stock for all items or for none, in one statement. Asked again for the same order it answers the same and takes nothing.
-- Rows are locked in order of id, so that two orders of the same products cannot block each other for ever.
create function reserve_stock(reference uuid, product_ids bigint[], quantities integer[])
returns setof reservation_items
language plpgsql as $$
declare
  item  record;
  found_product products;
begin
  insert into reservations (order_reference) values (reference) on conflict do nothing;
  if not found then
    return query select * from reservation_items where order_reference = reference order by product_id;
    return;
  end if;

  for item in select * from unnest(product_ids, quantities) as wanted (product_id, quantity) order by product_id loop
    update products set stock = stock - item.quantity
    where id = item.product_id and deleted_at is null and stock >= item.quantity
    returning * into found_product;

    if not found then
      select * into found_product from products where id = item.product_id and deleted_at is null;
      -- Class SR is ours; detail names the product and message says what is wrong with it.
      if not found then
        raise exception using errcode = 'SR001', message = format('product %s does not exist', item.product_id);
      end if;
      raise exception using errcode = 'SR002',
        message = format('product %s has %s left, %s wanted', item.product_id, found_product.stock, item.quantity);
    end if;

    insert into reservation_items (order_reference, product_id, name, price_cents, quantity)
    values (reference, item.product_id, found_product.name, found_product.price_cents, item.quantity);
  end loop;

  return query select * from reservation_items where order_reference = reference order by product_id;
end
$$;

-- Gives back what an order reserved. Asked again, or for an order that reserved nothing, it does nothing.
create function release_stock(reference uuid) returns void
language plpgsql as $$
declare
  item record;
begin
  -- The lock comes first: of two releases only one finds the items.
  perform from reservations where order_reference = reference for update;
  for item in
    delete from reservation_items where order_reference = reference returning product_id, quantity
  loop
    update products set stock = stock + item.quantity where id = item.product_id;
  end loop;
end
$$;
