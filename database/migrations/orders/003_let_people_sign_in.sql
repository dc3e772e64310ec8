-- Who somebody is, and who is signed in. The service cannot make anybody staff or admin: only the operator can, as superuser.
create table accounts (
  id            uuid        primary key default gen_random_uuid(),
  email         text        not null check (length(email) between 3 and 254), -- as it was typed
  name          text        not null check (length(name) between 1 and 200),
  role          text        not null default 'customer' check (role in ('customer', 'staff', 'admin')),
  password_hash text        not null check (password_hash like '$argon2id$%'), -- PHC string: it names its own parameters and salt
  created_at    timestamptz not null default now()
);
create unique index accounts_email on accounts (lower(email)); -- Ada@example.com and ada@example.com are one person
revoke insert, update, delete on accounts from orderuser;
grant insert (email, name, password_hash), update (password_hash) on accounts to orderuser;

-- One for each time somebody signed in, as long as it lasts. To end it is to delete it: its tokens go along, also one that is
-- being made at that moment.
create table sessions (
  id         uuid        primary key default gen_random_uuid(),
  account_id uuid        not null references accounts on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sessions_account on sessions (account_id);
create index sessions_expiry on sessions (expires_at);

-- Each is good once, for the next one. One that comes back used was copied.
create table refresh_tokens (
  hash       bytea       primary key check (length(hash) = 32), -- SHA-256; the token itself is nowhere
  session_id uuid        not null references sessions on delete cascade,
  expires_at timestamptz not null,
  used_at    timestamptz
);
create index refresh_tokens_session on refresh_tokens (session_id);
create index refresh_tokens_expiry on refresh_tokens (expires_at);

-- Wrong guesses at a password, by where they come from and by whose it is. Digests: people type passwords where the e-mail belongs.
create table login_failures (
  subject    bytea         primary key,
  failures   timestamptz[] not null check (cardinality(failures) <= 5), -- oldest first
  expires_at timestamptz   not null
);
create index login_failures_expiry on login_failures (expires_at);

-- A customer's own orders, newest first.
create index orders_customer on orders (customer, id desc);
