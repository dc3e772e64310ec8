-- Which products "npm run seed" made, so that it can take them away again and leaves all others alone.
create table generated_products (
  product_id bigint  primary key references products on delete cascade,
  number     integer not null unique check (number > 0) -- the generator's; what a product looks like follows from it
);

-- The service has no business with it; reading it is for pg_dump.
revoke insert, update, delete on generated_products from productuser;
