# shellcheck shell=bash
# The server's own certificate: whether it is good, and that a new one is taken. Sourced by entrypoint.sh. Needs IDENTITY_FOLDER
# and SERVICE.

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

# Runs as long as the container does. Sessions that are there go on, with the certificates they began with.
watch_identity() {
  set +e
  local loaded found
  loaded=$(identity_digests)
  until pg_isready --quiet; do sleep 1; done
  [ "$(identity_digests)" != "$loaded" ] || log_loaded "$loaded"

  while sleep 1; do
    found=$(identity_digests)
    [ "$found" != "$loaded" ] || continue
    loaded=$found
    check_identity || {
      log_refused "$fault"
      continue
    }
    reload_server || {
      log_refused 'the server shows another'
      continue
    }
    # Replaced once more meanwhile: then it is the next round's to say what the server has.
    [ "$(identity_digests)" != "$found" ] || log_loaded "$found"
  done
}

identity_digests() { sha256sum "$IDENTITY_FOLDER"/{identity,authority,revoked}.pem 2>/dev/null; }

# Returns when the server has read the files; PostgreSQL keeps what it has if it cannot use them.
reload_server() {
  local before
  before=$(configured_at) && pg_ctl reload --silent || return 1
  for _ in {1..50}; do
    [ "$(configured_at)" = "$before" ] || break
    sleep 0.1
  done
  [ "$(shown_certificate)" = "$(openssl x509 -in "$IDENTITY_FOLDER/identity.pem" -noout -fingerprint -sha256)" ]
}

# When the server last read its configuration, and with it the certificates: every new session is a copy of it.
configured_at() {
  psql --no-psqlrc --tuples-only --no-align --username postgres --dbname postgres --command 'SELECT pg_conf_load_time()'
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
