# shellcheck shell=bash
# A server's own certificate: whether it is good, and that a new one is taken. Sourced by the entrypoints of what is not ours: databases
# and Redis. Needs IDENTITY_FOLDER and SERVICE, and of the server LOG_JSON, server_answers, reload_server and end_sessions_before.

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
  until server_answers; do sleep 1; done
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

# Past the server's log, which is text. By the digests scripts/rotate-secrets.sh knows what has arrived.
log_loaded() {
  local identity revoked
  read -r identity _ < <(grep /identity.pem <<<"$1")
  read -r revoked _ < <(grep /revoked.pem <<<"$1")
  printf '{"time":"%s","service":"%s","level":"info","msg":"identity loaded","identity":"%s","revoked":"%s"}\n' \
    "$(date --utc +%Y-%m-%dT%H:%M:%S.%3NZ)" "$SERVICE" "$identity" "$revoked"
}

log_refused() {
  awk -v service="$SERVICE" -f "$LOG_JSON" <<<"ERROR:  the new identity is not good; the one before stays: $1"
}
