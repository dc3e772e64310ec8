# shellcheck shell=bash
# What pgBackRest needs to know, where POINT_IN_TIME=on. Sourced by entrypoint.sh and recover.sh. Needs POINT_IN_TIME_DAYS and
# ARCHIVE_KEY_FILE; PGBACKREST_CONFIG and PGBACKREST_STANZA are the image's.

# The key is in no command line and no environment: only in memory, in a file that this user alone reads.
configure_archive() {
  local settings
  settings=$(</database/pgbackrest.conf)
  settings=${settings/@DAYS@/$POINT_IN_TIME_DAYS}
  (umask 077 && printf '%s\n' "${settings/@KEY@/$(<"$ARCHIVE_KEY_FILE")}" >"$PGBACKREST_CONFIG")
}

# Whatever is wrong with the archive is told, and keeps nobody from selling: PostgreSQL tries each segment again until it is taken.
ensure_archive() {
  local command=stanza-create
  # A database that was made anew goes on beside the one before it, whose moments stay.
  if [ -f "$PGDATA/sample.pending" ] && [ -e /var/lib/pgbackrest/archive/shop/archive.info ]; then command=stanza-upgrade; fi
  pgbackrest "$command" --no-online || echo 'ERROR:  nothing is archived: the archive cannot be used'
}

# Whether changes since the last start were written with too little in them to be replayed.
was_off() { pg_controldata | grep '^wal_level setting: *minimal$' >/dev/null; }

# An idle database commits now and then too: a recovery ends before a commit that came later, and only by such a one does it know that
# nothing is missing before. Runs as long as the container does.
keep_time() {
  while sleep 300; do
    psql --no-psqlrc --quiet --username postgres --dbname postgres --output /dev/null --command 'SELECT pg_current_xact_id()' 2>/dev/null || true
  done
}
