#!/usr/bin/env bash
# Replaces secrets of a running shop: nothing is restarted, no request fails, and the ones before are refused afterwards. Any time; after
# an interruption again, which goes on where it ended.
# Usage: scripts/rotate-secrets.sh certs          every service's key and certificate
#        scripts/rotate-secrets.sh db             the passwords of the databases
#        scripts/rotate-secrets.sh payment-key    the keys between order-api and payment-api
#        scripts/rotate-secrets.sh stock-key      the key by which order-api reserves stock
#        scripts/rotate-secrets.sh jwt [--now]    the key of the access tokens. Takes ten minutes, in which tokens that are out end by
#                                                 themselves; with --now they are refused at once, and browsers refresh theirs
#        scripts/rotate-secrets.sh all [--now]
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/progress.sh
. scripts/progress.sh
# shellcheck source=scripts/settings.sh
. scripts/settings.sh

# The shop goes first: it has handshakes to make.
renice -n 10 $$ >/dev/null 2>&1 || true

folder=$(cd "$(setting SECRETS_DIR ./secrets)" && pwd)
started=$(date +%s)
# Seconds for which an access token is good, and clocks may differ.
token_life=610

# lacking WHAT: each service that runs and has not told in its log that it loaded what is in its folder. nginx tells nothing: it
# reads its certificate for each connection.
lacking() {
  local service digest said
  said=$(docker compose logs --no-color --no-log-prefix --since "$started" 2>/dev/null | grep '"msg":"identity loaded"') || true
  for service in $(docker compose ps --services --status running); do
    if [ "$service" = nginx ] || [ ! -f "$folder/ca/in-use/$service.sha256" ]; then continue; fi
    case $1 in
    identity) digest=$(cat "$folder/ca/in-use/$service.sha256") ;;
    revoked) digest=$(sha256sum <"$folder/ca/revoked.pem" | cut -d ' ' -f 1) ;;
    esac
    grep "\"service\":\"$service\"" <<<"$said" | grep -q "\"$1\":\"$digest\"" || echo "$service"
  done
}

# lacking_secret NAME: each container that has the file and has not told that it read what is there by now.
lacking_secret() {
  local id changed said
  changed=$(stat --format %.9Y "$folder/$1")
  for id in $(docker compose ps --quiet --status running); do
    docker inspect --format '{{range .Mounts}}{{println .Source}}{{end}}' "$id" | grep -q -x -F "$folder/$1" || continue
    said=$(docker logs --since "${changed%.*}" "$id" 2>&1 | grep '"msg":"secret loaded"' | grep "\"secret\":\"$1\"") || true
    grep -q "\"changed\":\"${changed/./}\"" <<<"$said" ||
      docker inspect --format '{{index .Config.Labels "com.docker.compose.service"}}' "$id"
  done
}

# wait_until_loaded FUNCTION WHAT
wait_until_loaded() {
  local left deadline=$((SECONDS + 60))
  left=$("$@")
  while [ -n "$left" ]; do
    [ "$SECONDS" -lt "$deadline" ] ||
      fail "expected every service to load what is new within 60 s but these did not: ${left//$'\n'/, }" "see their logs; what was valid before still is"
    sleep 1
    left=$("$@")
  done
}

# First everybody gets another certificate; only once all use theirs are the ones before revoked.
rotate_certs() {
  scripts/create-secrets.sh new-identities
  wait_until_loaded lacking identity
  scripts/create-secrets.sh revocations
  wait_until_loaded lacking revoked
  say 'Every service has another certificate, and the ones before are refused'
}

# First everybody takes both, then the new one is used, then the old one is no longer taken; each once the step before has arrived.
rotate() {
  local name
  for name in "$@"; do
    scripts/create-secrets.sh offer "$name"
    wait_until_loaded lacking_secret "$name"
    scripts/create-secrets.sh use "$name"
    [[ $name != *_db_password ]] || tell_database "${name%_password}"
    wait_until_loaded lacking_secret "$name"
    scripts/create-secrets.sh retire "$name"
    wait_until_loaded lacking_secret "$name"
    say "$name is another, and the one before is refused"
  done
}

# tell_database NAME_db: one that does not run learns it when it starts.
tell_database() {
  local service=${1//_/-}
  [ -n "$(docker compose ps --quiet --status running "$service")" ] || return 0
  docker compose exec -T "$service" psql --no-psqlrc --quiet --username postgres --dbname postgres --file /database/verifier.sql ||
    fail "expected $service to take its new password" "see its log, then run this again; both passwords are good until then"
}

rotate_jwt() {
  scripts/create-secrets.sh offer jwt_private_key
  wait_until_loaded lacking_secret jwt_public_keys
  scripts/create-secrets.sh use jwt_private_key
  wait_until_loaded lacking_secret jwt_private_key
  if [ "$1" != --now ]; then
    say "New access tokens carry the new key. Waiting $token_life s, until the last of the old one has ended; Ctrl+C is safe, the next run goes on"
    sleep "$token_life"
  fi
  scripts/create-secrets.sh retire jwt_private_key
  wait_until_loaded lacking_secret jwt_public_keys
  say 'The key of the access tokens is another, and tokens of the one before are refused'
}

[ -z "${2:-}" ] || [[ $1 =~ ^(jwt|all)$ && $2 = --now ]] || fail "expected --now, with jwt or all, but found $*" 'scripts/rotate-secrets.sh jwt --now'
databases=(product_db_password order_db_password payment_db_password)
payment_keys=(payment_api_key payment_webhook_key)
# Two at once would each wait for what the other changes.
if command -v flock >/dev/null; then
  exec 7<"$folder-audit"
  flock --nonblock 7 || fail 'another rotation is at work' 'wait until it ends'
fi
case ${1:-} in
certs) rotate_certs ;;
db) rotate "${databases[@]}" ;;
payment-key) rotate "${payment_keys[@]}" ;;
stock-key) rotate stock_api_key ;;
jwt) rotate_jwt "${2:-}" ;;
all)
  rotate_certs
  rotate "${databases[@]}" "${payment_keys[@]}" stock_api_key
  rotate_jwt "${2:-}"
  ;;
*) fail "expected certs, db, payment-key, stock-key, jwt or all but found ${1:-nothing}" 'scripts/rotate-secrets.sh all' ;;
esac
