# shellcheck shell=bash
# What PostgreSQL does with a new certificate, see scripts/images/identity.sh. Sourced by entrypoint.sh.

# shellcheck disable=SC2034 # read there
LOG_JSON=/database/log-json.awk

server_answers() { pg_isready --quiet; }

# Returns when the server has read the files; PostgreSQL keeps what it has if it cannot use them.
reload_server() {
  local before
  fault='the server does not answer'
  before=$(configured_at) && pg_ctl reload --silent || return 1
  for _ in {1..50}; do
    [ "$(configured_at)" = "$before" ] || break
    sleep 0.1
  done
  fault='the server shows another'
  [ "$(shown_certificate)" = "$(openssl x509 -in "$IDENTITY_FOLDER/identity.pem" -noout -fingerprint -sha256)" ]
}

# When the server last read its configuration, and with it the certificates: every new session is a copy of it.
configured_at() {
  psql --no-psqlrc --tuples-only --no-align --username postgres --dbname postgres --command 'SELECT pg_conf_load_time()'
}

# The services' own pools have left by then (kit/database.ts); a certificate that was revoked keeps no session for longer.
end_sessions_before() {
  psql --no-psqlrc --quiet --username postgres --dbname postgres --output /dev/null --set before="$1" <<'SQL'
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE client_addr IS NOT NULL AND backend_start < to_timestamp(:before);
SQL
}

shown_certificate() {
  openssl s_client -starttls postgres -connect 127.0.0.1:5432 </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256
}
