-- An inverted index whose postings are ordered by product, so that a page of a search costs the page and not the matches:
-- a GIN index has to fetch and sort every match of a common word before it can give the first twenty.
create table product_terms (
  term       text   not null,
  product_id bigint not null references products on delete cascade,
  primary key (term, product_id)
);

create index product_terms_of_product on product_terms (product_id);

create function terms_of(content text) returns text[]
language sql immutable parallel safe
return tsvector_to_array(to_tsvector('pg_catalog.english', content));

create function index_product_terms() returns trigger
language plpgsql as $$
begin
  delete from product_terms where product_id = new.id;
  if new.deleted_at is null then
    insert into product_terms (term, product_id)
    select unnest(terms_of(new.name || ' ' || new.description)), new.id;
  end if;
  return null;
end
$$;

-- Stock is not among these columns: a sale does not touch the index.
create trigger index_product_terms
after insert or update of name, description, deleted_at on products
for each row execute function index_product_terms();
