#!/usr/bin/env bash
# Brings this database's schema up to date: each /database/migrations/<database>/NNN_effect.sql that is not applied yet,
# in order, in one transaction with its row in "migrations". Runs at every start; docker exec ecom-product-db migrate
# runs it by hand. Refuses when a file that was applied has since been changed or removed. What a newer image has added hinders
# nobody; what it has contracted (NNN_contract_effect.sql) does, for this one may need what was taken away.
set -euo pipefail

folder=${MIGRATIONS:-/database/migrations}/$DATABASE_NAME
# Tables belong to the owner role, whose rights this session takes; it is the superuser's only to begin with.
# LOCK_TIMEOUT is how long a migration may wait for a table, and with it all who come for that table behind it; not set, for ever.
export PGOPTIONS="-c role=${DATABASE_NAME}_owner -c client_min_messages=warning -c lock_timeout=${LOCK_TIMEOUT:-0}"

sql() { psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username postgres --dbname "$DATABASE_NAME" "$@"; }
refuse() {
  echo "ERROR:  migrate: $1" >&2
  exit 1
}

sql --set role="$DATABASE_USER" <<'SQL'
CREATE TABLE IF NOT EXISTS migrations (
  name       text        PRIMARY KEY,
  sha256     text        NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);
REVOKE INSERT, UPDATE, DELETE ON migrations FROM :"role";
SQL

known=("$folder"/*.sql)
newest=${known[-1]##*/}
declare -A applied
while read -r name sha256; do
  [ -n "$name" ] || continue
  if [[ ! -f $folder/$name && $name > $newest && $name != ???_contract_* ]]; then
    echo "LOG:  migrate: $name is of a newer image"
    continue
  fi
  [ -f "$folder/$name" ] || refuse "$name was applied to $DATABASE_NAME but is missing; put it back, migrations are append-only"
  applied[$name]=$sha256
done < <(sql --tuples-only --no-align --field-separator ' ' --command 'SELECT name, sha256 FROM migrations ORDER BY name')

count=0
for file in "$folder"/*.sql; do
  [ -e "$file" ] || break
  name=${file##*/}
  [[ $name =~ ^[0-9]{3}_[a-z0-9_]+\.sql$ ]] || refuse "expected a name like 001_create_products.sql but found $name"
  sha256=$(sha256sum "$file")
  sha256=${sha256%% *}
  if [ -n "${applied[$name]:-}" ]; then
    [ "${applied[$name]}" = "$sha256" ] || refuse "$name was changed after it was applied to $DATABASE_NAME; undo that and add a new file"
    continue
  fi
  # A second run of this script waits here, and then fails on the row that is there by then.
  sql --single-transaction --set name="$name" --set sha256="$sha256" \
    --command 'LOCK TABLE migrations IN EXCLUSIVE MODE' \
    --file - --file "$file" <<<"INSERT INTO migrations (name, sha256) VALUES (:'name', :'sha256');" ||
    refuse "$name failed and was rolled back"
  echo "LOG:  migrate: applied $name"
  count=$((count + 1))
done
echo "LOG:  migrate: $DATABASE_NAME is up to date, $count new"
