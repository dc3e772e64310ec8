# shellcheck shell=bash
# The server's own certificate: whether it is good, and that a new one is taken. Sourced by entrypoint.sh. Needs IDENTITY_FOLDER
# and SERVICE.

# Seconds for which a session may outlive a replacement.
: "${SESSION_AGE:=660}"

# Whether key, certificate, authority and revocations are there and belong together. What does not is in "fault".
check_identity() {
  local file said
  for file in identity.pem authority.pem revoked.pem; do
    file=$IDENTITY_FOLDER/$file
    fault="$file: no such file, or not readable by uid $(id -u)"
    [ -r "$file" ] || return 1
    fault="$file is empty"
    [ -s "$file" ] || return 1
  done
  file=$IDENTITY_FOLDER/identity.pem
  fault="$file is not a key with its certificate"
  said=$(openssl pkey -in "$file" -pubout 2>/dev/null) || return 1
  [ "$said" = "$(openssl x509 -in "$file" -noout -pubkey 2>/dev/null)" ] || return 1
  said=$(openssl verify -crl_check -CAfile "${file%/*}/authority.pem" -CRLfile "${file%/*}/revoked.pem" "$file" 2>&1) && return 0
  # error 23 at 0 depth lookup: certificate revoked
  fault="$file is not good: $(sed -n 's/^error .* lookup: //p' <<<"$said" | grep . || echo "$said")"
  return 1
}

# Runs as long as the container does. Sessions that are there go on, with the certificates they began with, until they are too old.
watch_identity() {
  set +e
  local loaded found refused='' replaced=()
  loaded=$(identity_digests)
  until pg_isready --quiet; do sleep 1; done
  [ "$(identity_digests)" != "$loaded" ] || log_loaded "$loaded"

  while sleep 1; do
    if [ "${#replaced[@]}" -gt 0 ] && ((EPOCHSECONDS - replaced[0] >= SESSION_AGE)); then
      end_sessions_before "${replaced[0]}"
      replaced=("${replaced[@]:1}")
    fi
    found=$(identity_digests)
    [ "$found" != "$loaded" ] || continue
    if ! check_identity || ! reload_server; then
      # Tried again, for the server may just not answer, but said once.
      [ "$found" = "$refused" ] || log_refused "$fault"
      refused=$found
    # Replaced once more meanwhile? Then it is the next round's to say what the server has.
    elif [ "$(identity_digests)" = "$found" ]; then
      loaded=$found
      replaced+=("$EPOCHSECONDS")
      log_loaded "$found"
    fi
  done
}

identity_digests() { sha256sum "$IDENTITY_FOLDER"/{identity,authority,revoked}.pem 2>/dev/null; }

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

# Past the server's log, which is text. By the digests scripts/rotate-secrets.sh knows what has arrived.
log_loaded() {
  local identity revoked
  read -r identity _ < <(grep /identity.pem <<<"$1")
  read -r revoked _ < <(grep /revoked.pem <<<"$1")
  printf '{"time":"%s","service":"%s","level":"info","msg":"identity loaded","identity":"%s","revoked":"%s"}\n' \
    "$(date --utc +%Y-%m-%dT%H:%M:%S.%3NZ)" "$SERVICE" "$identity" "$revoked"
}

log_refused() {
  awk -v service="$SERVICE" -f /database/log-json.awk <<<"ERROR:  the new identity is not good; the one before stays: $1"
}
