#!/usr/bin/env bash
# Makes the database if there is none, brings roles and schema up to date on a server that only the local socket
# reaches, then runs the real one. Each step can be repeated, so a crash anywhere is repaired by the next start.
# Needs DATABASE_NAME, DATABASE_USER, DATABASE_CLIENT, DATABASE_CLIENT_NEXT, DATABASE_VERIFIER_FILE, MONITOR_CLIENT, MONITOR_VERIFIER_FILE,
# IDENTITY_FOLDER and SERVICE; with POINT_IN_TIME=on also POINT_IN_TIME_DAYS and ARCHIVE_KEY_FILE.
set -euo pipefail

# shellcheck source=scripts/images/identity.sh
. /usr/local/lib/identity.sh
# shellcheck source=database/identity.sh
. /usr/local/lib/server-identity.sh
# shellcheck source=database/archive.sh
. /usr/local/lib/archive.sh

: "${POINT_IN_TIME:=off}"
CONFIG=/database/postgresql.conf
[ "$POINT_IN_TIME" = off ] || CONFIG=/database/point-in-time.conf

refuse() {
  echo "FATAL:  ${SERVICE:-database} cannot start: $1" >&2
  exit 1
}

check_settings() {
  local name
  for name in DATABASE_NAME DATABASE_USER DATABASE_CLIENT DATABASE_CLIENT_NEXT DATABASE_VERIFIER_FILE MONITOR_CLIENT MONITOR_VERIFIER_FILE IDENTITY_FOLDER; do
    [ -n "${!name:-}" ] || refuse "$name is not set"
  done
  for name in DATABASE_VERIFIER_FILE MONITOR_VERIFIER_FILE; do
    [ -r "${!name}" ] || refuse "$name ${!name}: no such file, or not readable by uid $(id -u)"
    [ -s "${!name}" ] || refuse "$name ${!name} is empty"
    grep -q -x -E 'SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+' "${!name}" ||
      refuse "$name ${!name} is not a SCRAM-SHA-256 verifier"
  done
  check_identity || refuse "$fault"
  [[ $POINT_IN_TIME == off || $POINT_IN_TIME == on ]] || refuse "POINT_IN_TIME is $POINT_IN_TIME and not on or off"
  [ "$POINT_IN_TIME" = off ] || [ -s "${ARCHIVE_KEY_FILE:-}" ] || refuse "ARCHIVE_KEY_FILE ${ARCHIVE_KEY_FILE:-} is empty or not there"
}

# The directory gets its name only when it is complete.
ensure_cluster() {
  [ ! -f "$PGDATA/PG_VERSION" ] || return 0
  [ ! -e "$PGDATA" ] || refuse "$PGDATA exists but is no database"
  rm -rf "$PGDATA.new"
  mkdir -p "${PGDATA%/*}"
  initdb --pgdata "$PGDATA.new" --username postgres --encoding UTF8 --locale-provider builtin --builtin-locale C.UTF-8 \
    --data-checksums --auth-local peer --auth-host reject --no-instructions >/dev/null
  touch "$PGDATA.new/sample.pending"
  mv "$PGDATA.new" "$PGDATA"
}

# A server that was killed leaves a file with its process id, which in the next container may be anybody's; PostgreSQL would
# wait for that process to end. Who really has the data holds this lock, as long as it lives.
ensure_alone() {
  exec {alone}>"${PGDATA%/*}/lock"
  flock --nonblock "$alone" || refuse "another server has $PGDATA"
  rm -f "$PGDATA/postmaster.pid"
}

# Only on the first start, and only into an empty table: what a shop deleted stays deleted.
load_sample() {
  [ -f "$PGDATA/sample.pending" ] || return 0
  if [ "$DATABASE_NAME" = products ] && [ "${SAMPLE_CATALOGUE:-true}" = true ] && [ -f /database/sample/products.csv ]; then
    PGOPTIONS="-c role=${DATABASE_NAME}_owner" psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username postgres --dbname products <<'SQL'
SELECT NOT EXISTS (SELECT FROM products) AS empty \gset
\if :empty
\copy products (name, description, category, price_cents, stock, picture) FROM '/database/sample/products.csv' (FORMAT csv, HEADER match)
\endif
SQL
    echo "LOG:  the sample catalogue is loaded"
  fi
  rm "$PGDATA/sample.pending"
}

start() {
  local unarchived=
  trap - INT TERM
  check_settings
  ensure_cluster
  ensure_alone
  if [ "$POINT_IN_TIME" = on ]; then
    configure_archive
    ensure_archive
    # What cannot be replayed stays out of the archive, to its last segment, so that there is a gap to be seen.
    ! was_off || unarchived='-c archive_command=true'
  fi
  sed -e "s/@DATABASE@/$DATABASE_NAME/" -e "s/@ROLE@/$DATABASE_USER/" -e "s/@CLIENT@/$DATABASE_CLIENT/" \
    -e "s/@CLIENT_NEXT@/$DATABASE_CLIENT_NEXT/" -e "s/@MONITOR_CLIENT@/$MONITOR_CLIENT/" \
    /database/pg_hba.conf >/run/postgresql/pg_hba.conf
  ln -s -f -n "$IDENTITY_FOLDER" /run/postgresql/identity

  # A socket of its own, so that the health check, which asks the usual one, does not take this server for the real one.
  export PGHOST=/tmp
  trap 'pg_ctl stop --silent --mode fast || true' EXIT
  pg_ctl start --silent --wait --options "-c config_file=$CONFIG -c listen_addresses= -c unix_socket_directories=/tmp $unarchived"
  psql --no-psqlrc --quiet --username postgres --dbname postgres --file /database/roles.sql
  migrate
  load_sample
  trap - EXIT
  pg_ctl stop --silent --mode fast
  unset PGHOST

  exec postgres -c "config_file=$CONFIG"
}

# This shell only waits for the log to be written out: signals are for the server, and tini gives them to the group. What watches
# the identity is beside the server, not below it, writes past its log, and ends with the container.
trap '' INT TERM
watch_identity &
[ "$POINT_IN_TIME" = off ] || keep_time &
start 2>&1 | awk -W interactive -v service="${SERVICE:-database}" -f /database/log-json.awk
exit "${PIPESTATUS[0]}"
